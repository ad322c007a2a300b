package dev.tarn.api.tarn;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tarn.access.Caller;
import dev.tarn.api.PageQuery;
import dev.tarn.catalog.Column;
import dev.tarn.catalog.NamespaceSummary;
import dev.tarn.catalog.TableDescription;
import dev.tarn.catalog.Tables;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The tree of namespaces, tables and columns. */
@RestController
class CatalogController {
    private final Tables tables;

    CatalogController(Tables tables) {
        this.tables = tables;
    }

    /** A page of namespaces. */
    record NamespacePage(
            List<NamespaceSummary> namespaces, @Nullable String nextCursor) {}

    /** A page of tables. */
    record TablePage(List<TableView> tables, @Nullable String nextCursor) {}

    /** A column. */
    record ColumnView(
            String name,
            String type,
            boolean nullable,
            @Nullable String comment) {
        static ColumnView of(Column column) {
            return new ColumnView(
                    column.name(),
                    column.type(),
                    column.nullable(),
                    column.comment().orElse(null));
        }
    }

    /** A table; {@code columns} only where they were asked for. */
    record TableView(
            String name,
            String namespace,
            String table,
            String kind,
            String format,
            boolean limited,
            @Nullable Long rowCount,
            @Nullable Long sizeBytes,
            @Nullable Long fileCount,
            @Nullable String snapshotId,
            Instant updatedAt,
            @Nullable String description,
            List<String> tags,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<ColumnView> columns) {
        static TableView of(TableDescription table, boolean withColumns) {
            return new TableView(
                    table.name().text(),
                    table.name().namespaceText(),
                    table.name().table(),
                    table.kind().name().toLowerCase(Locale.ROOT),
                    table.format(),
                    table.limited(),
                    TableController.orNull(table.rowCount()),
                    TableController.orNull(table.sizeBytes()),
                    TableController.orNull(table.fileCount()),
                    table.snapshotId().isPresent()
                            ? Long.toString(table.snapshotId().getAsLong())
                            : null,
                    table.updatedAt(),
                    table.description().orElse(null),
                    table.tags(),
                    withColumns ? table.columns().stream().map(ColumnView::of).toList() : null);
        }
    }

    @GetMapping("/tarn/v1/namespaces")
    NamespacePage namespaces(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<NamespaceSummary> page = tables.namespaces(caller, PageQuery.of(limit, cursor));
        return new NamespacePage(page.items(), PageQuery.opaque(page.next()).orElse(null));
    }

    @GetMapping("/tarn/v1/tables")
    TablePage list(
            Caller caller,
            @RequestParam Optional<String> namespace,
            @RequestParam Optional<String> include,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        boolean columns = include.map(CatalogController::isColumns).orElse(false);
        Page<TableView> page = tables.tables(caller, namespace, PageQuery.of(limit, cursor))
                .map(table -> TableView.of(table, columns));
        return new TablePage(page.items(), PageQuery.opaque(page.next()).orElse(null));
    }

    private static boolean isColumns(String include) {
        if (!include.equals("columns")) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "include knows columns and not %s".formatted(include));
        }
        return true;
    }
}
