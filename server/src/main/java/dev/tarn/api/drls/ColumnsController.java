package dev.tarn.api.drls;

import dev.tarn.access.Caller;
import dev.tarn.api.drls.DoneOperations.Done;
import dev.tarn.catalog.SchemaEdit;
import dev.tarn.catalog.TableDescription;
import dev.tarn.catalog.Tables;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Changes of a table's columns. Each is one commit that is over when the answer comes, so no job stands behind it and {@code job_id}
 * is null. A part of a struct is named with dots.
 */
@RestController
class ColumnsController {
    private final Tables tables;
    private final DrlsNames names;
    private final DoneOperations operations;

    ColumnsController(Tables tables, DrlsNames names, DoneOperations operations) {
        this.tables = tables;
        this.names = names;
        this.operations = operations;
    }

    record NewColumn(
            @Nullable String table,
            @Nullable String name,
            @Nullable String type,
            @Nullable String after,
            @Nullable String comment) {}

    record RenamedColumn(
            @Nullable String table,
            @Nullable String oldName,
            @Nullable String newName) {}

    record DroppedColumn(@Nullable String table, @Nullable String name) {}

    /** @param comment an empty text removes it */
    record AlteredColumn(
            @Nullable String table,
            @Nullable String name,
            @Nullable String type,
            @Nullable Boolean nullable,
            @Nullable String comment) {}

    record MovedColumn(
            @Nullable String table,
            @Nullable String name,
            @Nullable String after,
            @Nullable Boolean first) {}

    @PostMapping("/api/evolve/add-column")
    Done add(Caller caller, @RequestBody NewColumn wanted) {
        String name = Wanted.text("name", wanted.name());
        List<SchemaEdit> edits = new ArrayList<>();
        edits.add(new SchemaEdit.Add(name, Wanted.text("type", wanted.type()), Wanted.optional(wanted.comment())));
        Wanted.optional(wanted.after()).ifPresent(after -> edits.add(new SchemaEdit.Move(name, Optional.of(after))));
        return evolved(caller, "add_column", wanted.table(), edits);
    }

    @PostMapping("/api/evolve/rename-column")
    Done rename(Caller caller, @RequestBody RenamedColumn wanted) {
        return evolved(
                caller,
                "rename_column",
                wanted.table(),
                List.of(new SchemaEdit.Rename(
                        Wanted.text("old_name", wanted.oldName()), Wanted.text("new_name", wanted.newName()))));
    }

    @PostMapping("/api/evolve/drop-column")
    Done drop(Caller caller, @RequestBody DroppedColumn wanted) {
        return evolved(
                caller,
                "drop_column",
                wanted.table(),
                List.of(new SchemaEdit.Drop(Wanted.text("name", wanted.name()))));
    }

    @PostMapping("/api/evolve/alter-column")
    Done alter(Caller caller, @RequestBody AlteredColumn wanted) {
        String name = Wanted.text("name", wanted.name());
        List<SchemaEdit> edits = new ArrayList<>();
        Wanted.optional(wanted.type()).ifPresent(type -> edits.add(new SchemaEdit.Widen(name, type)));
        if (wanted.nullable() != null) {
            edits.add(wanted.nullable() ? new SchemaEdit.Relax(name) : new SchemaEdit.Require(name));
        }
        if (wanted.comment() != null) {
            edits.add(new SchemaEdit.Comment(name, wanted.comment()));
        }
        if (edits.isEmpty()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "Nothing is to be changed; send type, nullable or comment");
        }
        return evolved(caller, "alter_column", wanted.table(), edits);
    }

    @PostMapping("/api/evolve/reorder-column")
    Done move(Caller caller, @RequestBody MovedColumn wanted) {
        String name = Wanted.text("name", wanted.name());
        Optional<String> after = Wanted.optional(wanted.after());
        boolean first = Boolean.TRUE.equals(wanted.first());
        if (first == after.isPresent()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "Say where the column goes: after with the name of another column, or first with true");
        }
        return evolved(caller, "reorder_column", wanted.table(), List.of(new SchemaEdit.Move(name, after)));
    }

    private Done evolved(Caller caller, String operation, @Nullable String table, List<SchemaEdit> edits) {
        String sent = Wanted.text("table", table);
        TableDescription now = tables.alterColumns(caller, names.own(caller, sent), edits);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("columns", ShownColumn.of(now.columns()));
        details.put("job_id", null);
        return operations.of(operation, sent, details);
    }
}
