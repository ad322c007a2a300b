package dev.tarn.engine;

import dev.tarn.access.Caller;
import dev.tarn.catalog.Column;
import dev.tarn.catalog.TableDescription;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** The standard's views of what there is: what the caller may not describe is not there. */
final class InformationSchema {
    static final String NAME = "information_schema";

    private static final String CATALOG = TableName.DEFAULT_CATALOG;
    private static final Schema SCHEMATA = schema("catalog_name", "schema_name");
    private static final Schema TABLES =
            schema("table_catalog", "table_schema", "table_name", "table_type", "table_comment");
    private static final Schema VIEWS = schema("table_catalog", "table_schema", "table_name", "is_updatable");
    private static final Schema COLUMNS = schema(
            "table_catalog",
            "table_schema",
            "table_name",
            "column_name",
            "ordinal_position",
            "column_default",
            "is_nullable",
            "data_type",
            "column_comment");

    private final Tables tables;

    InformationSchema(Tables tables) {
        this.tables = tables;
    }

    static boolean has(TableName name) {
        return name.namespace().size() == 1 && name.namespace().getFirst().equalsIgnoreCase(NAME);
    }

    NamedSource.OfRows of(Caller caller, TableName name) {
        String view = name.table().toLowerCase(Locale.ROOT);
        TableName known = new TableName(CATALOG, List.of(NAME), view);
        return switch (view) {
            case "schemata" -> new NamedSource.OfRows(known, SCHEMATA, () -> rows(schemata(caller)));
            case "tables" -> new NamedSource.OfRows(known, TABLES, () -> rows(tables(caller)));
            case "views" -> new NamedSource.OfRows(known, VIEWS, () -> rows(views(caller)));
            case "columns" -> new NamedSource.OfRows(known, COLUMNS, () -> rows(columns(caller)));
            default ->
                throw new TarnException(
                        ErrorCode.UNKNOWN_TABLE,
                        "There is no %s in information_schema; it has schemata, tables, views and columns"
                                .formatted(view));
        };
    }

    private List<StructLike> schemata(Caller caller) {
        return CatalogAnswers.all(page -> tables.namespaces(caller, page)).stream()
                .map(namespace -> row(SCHEMATA, CATALOG, namespace.name()))
                .toList();
    }

    private List<TableDescription> described(Caller caller) {
        return CatalogAnswers.all(page -> tables.tables(caller, Optional.empty(), page));
    }

    private List<StructLike> tables(Caller caller) {
        return described(caller).stream()
                .map(table -> row(
                        TABLES,
                        CATALOG,
                        table.name().namespaceText(),
                        table.name().table(),
                        table.kind() == TableDescription.Kind.VIEW ? "VIEW" : "BASE TABLE",
                        table.description().orElse(null)))
                .toList();
    }

    /** Not their texts: those are told to who may read all that they read. */
    private List<StructLike> views(Caller caller) {
        return described(caller).stream()
                .filter(table -> table.kind() == TableDescription.Kind.VIEW)
                .map(table -> row(
                        VIEWS,
                        CATALOG,
                        table.name().namespaceText(),
                        table.name().table(),
                        "NO"))
                .toList();
    }

    private List<StructLike> columns(Caller caller) {
        List<StructLike> rows = new ArrayList<>();
        for (TableDescription table : described(caller)) {
            for (int i = 0; i < table.columns().size(); i++) {
                Column column = table.columns().get(i);
                rows.add(row(
                        COLUMNS,
                        CATALOG,
                        table.name().namespaceText(),
                        table.name().table(),
                        column.name(),
                        i + 1,
                        null,
                        column.nullable() ? "YES" : "NO",
                        column.type(),
                        column.comment().orElse(null)));
            }
        }
        return rows;
    }

    private static Schema schema(String... names) {
        return new Schema(IntStream.range(0, names.length)
                .mapToObj(i -> NestedField.optional(i + 1, names[i], type(names[i])))
                .toList());
    }

    private static Type type(String column) {
        return column.equals("ordinal_position") ? Types.IntegerType.get() : Types.StringType.get();
    }

    private static StructLike row(Schema schema, @Nullable Object... values) {
        GenericRecord row = GenericRecord.create(schema);
        for (int i = 0; i < values.length; i++) {
            row.set(i, values[i]);
        }
        return row;
    }

    private static CloseableIterable<StructLike> rows(List<StructLike> rows) {
        return CloseableIterable.withNoopClose(rows);
    }
}
