package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.api.PageQuery;
import dev.tarn.api.PathId;
import dev.tarn.api.tarn.CatalogController.TableView;
import dev.tarn.catalog.DroppedTableSummary;
import dev.tarn.catalog.TableChanges;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.platform.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tables that were dropped and can still be brought back. */
@RestController
@RequestMapping("/tarn/v1/dropped-tables")
class DroppedTablesController {
    private final TableChanges changes;
    private final Tables tables;

    DroppedTablesController(TableChanges changes, Tables tables) {
        this.changes = changes;
        this.tables = tables;
    }

    /** A dropped table; its name may be another table's by now. */
    record DroppedTableView(
            UUID id,
            String name,
            String namespace,
            String table,
            String droppedBy,
            Instant droppedAt,
            Instant expiresAt) {
        static DroppedTableView of(DroppedTableSummary table) {
            return new DroppedTableView(
                    table.id(),
                    table.name().text(),
                    table.name().namespaceText(),
                    table.name().table(),
                    table.droppedBy(),
                    table.droppedAt(),
                    table.expiresAt());
        }
    }

    /** A page of dropped tables. */
    record DroppedTablePage(
            List<DroppedTableView> tables, @Nullable String nextCursor) {}

    /** The name that it gets; its old one when absent. */
    record Restoration(@Nullable String name) {}

    @GetMapping
    DroppedTablePage list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<DroppedTableView> page =
                changes.dropped(caller, PageQuery.of(limit, cursor)).map(DroppedTableView::of);
        return new DroppedTablePage(page.items(), PageQuery.opaque(page.next()).orElse(null));
    }

    @PostMapping("/{id}/restore")
    TableView restore(Caller caller, @PathVariable String id, @RequestBody Restoration wanted) {
        TableName restored = changes.undrop(
                caller,
                PathId.of("dropped table", id),
                Optional.ofNullable(wanted.name()).map(TableName::parse));
        return TableView.of(tables.describe(caller, restored), true);
    }
}
