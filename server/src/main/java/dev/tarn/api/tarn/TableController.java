package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.api.PageQuery;
import dev.tarn.api.tarn.CatalogController.TableView;
import dev.tarn.catalog.SnapshotDescription;
import dev.tarn.catalog.TableChanges;
import dev.tarn.catalog.TableEdit;
import dev.tarn.catalog.TableEdits;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.sql.TableProfile;
import dev.tarn.sql.TableProfiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** One table. */
@RestController
@RequestMapping("/tarn/v1/tables/{name}")
class TableController {
    private final Tables tables;
    private final TableChanges changes;
    private final TableProfiles profiles;

    TableController(Tables tables, TableChanges changes, TableProfiles profiles) {
        this.tables = tables;
        this.changes = changes;
        this.profiles = profiles;
    }

    /** What is to be said about a table; what is absent stays, and null removes. */
    record Wanted(
            @Nullable JsonNode description,
            @Nullable JsonNode tags,
            @Nullable JsonNode columns) {}

    /** A version of the table. */
    record SnapshotView(
            String snapshotId,
            @Nullable String parentId,
            Instant committedAt,
            String operation,
            boolean current,
            @Nullable Long addedRows,
            @Nullable Long deletedRows,
            @Nullable Long addedFiles,
            @Nullable Long totalRows,
            @Nullable Long totalBytes,
            @Nullable String engine) {
        static SnapshotView of(SnapshotDescription snapshot) {
            return new SnapshotView(
                    Long.toString(snapshot.id()),
                    snapshot.parentId().isPresent()
                            ? Long.toString(snapshot.parentId().getAsLong())
                            : null,
                    snapshot.committedAt(),
                    snapshot.operation(),
                    snapshot.current(),
                    orNull(snapshot.addedRows()),
                    orNull(snapshot.deletedRows()),
                    orNull(snapshot.addedFiles()),
                    orNull(snapshot.totalRows()),
                    orNull(snapshot.totalBytes()),
                    snapshot.engine().orElse(null));
        }
    }

    static @Nullable Long orNull(OptionalLong figure) {
        return figure.isPresent() ? figure.getAsLong() : null;
    }

    /** A page of versions. */
    record SnapshotPage(
            List<SnapshotView> snapshots, @Nullable String nextCursor) {}

    @GetMapping
    TableView describe(Caller caller, @PathVariable String name) {
        return TableView.of(tables.describe(caller, TableName.parse(name)), true);
    }

    @PatchMapping
    TableView alter(Caller caller, @PathVariable String name, @RequestBody Wanted wanted) {
        return TableView.of(tables.alter(caller, TableName.parse(name), edits(wanted)), true);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void drop(Caller caller, @PathVariable String name) {
        tables.drop(caller, TableName.parse(name));
    }

    @GetMapping("/snapshots")
    SnapshotPage snapshots(
            Caller caller,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest page = PageQuery.of(limit, cursor);
        Page<SnapshotView> found =
                tables.snapshots(caller, TableName.parse(name), page).map(SnapshotView::of);
        return new SnapshotPage(found.items(), PageQuery.opaque(found.next()).orElse(null));
    }

    /** The version that becomes the newest one again. */
    record WantedVersion(@Nullable String snapshotId) {
        long id() {
            if (snapshotId == null || !snapshotId.matches("[0-9]{1,19}")) {
                throw wrong("snapshot_id", "the id of a version, as text");
            }
            try {
                return Long.parseLong(snapshotId);
            } catch (NumberFormatException e) {
                throw wrong("snapshot_id", "the id of a version, as text");
            }
        }
    }

    @PostMapping("/rollback")
    TableView rollBack(Caller caller, @PathVariable String name, @RequestBody WantedVersion wanted) {
        changes.alter(caller, TableName.parse(name), new TableEdit.Rollback(wanted.id()));
        return TableView.of(tables.describe(caller, TableName.parse(name)), true);
    }

    @GetMapping("/profile")
    TableProfile profile(Caller caller, @PathVariable String name) {
        return profiles.profile(caller, TableName.parse(name));
    }

    private static TableEdits edits(Wanted wanted) {
        Map<String, String> columns = new LinkedHashMap<>();
        JsonNode described = wanted.columns();
        if (described != null) {
            if (!described.isObject()) {
                throw wrong("columns", "an object of column names");
            }
            described.forEachEntry((column, said) -> columns.put(column, columnText(column, said)));
        }
        return new TableEdits(
                Optional.ofNullable(wanted.description()).map(said -> text("description", said)),
                Optional.ofNullable(wanted.tags()).map(TableController::tags),
                columns);
    }

    private static String columnText(String column, JsonNode said) {
        JsonNode text = said.get("description");
        if (!said.isObject() || text == null || said.size() != 1) {
            throw wrong("columns." + column, "an object with a description");
        }
        return text("columns." + column + ".description", text);
    }

    private static String text(String field, JsonNode said) {
        if (said.isNull()) {
            return "";
        }
        if (!said.isString()) {
            throw wrong(field, "a text or null");
        }
        return said.stringValue();
    }

    private static List<String> tags(JsonNode said) {
        List<String> tags = new ArrayList<>();
        if (!said.isNull() && !said.isArray()) {
            throw wrong("tags", "a list of texts");
        }
        for (JsonNode tag : said) {
            tags.add(text("tags", tag));
        }
        return tags;
    }

    private static TarnException wrong(String field, String needed) {
        return new TarnException(ErrorCode.INVALID_REQUEST, "%s must be %s".formatted(field, needed));
    }
}
