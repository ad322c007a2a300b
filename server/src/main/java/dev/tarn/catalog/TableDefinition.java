package dev.tarn.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types.NestedField;

/**
 * All that it takes to make a table like this one.
 *
 * @param table as the caller is told of it
 * @param partitioning its transforms in Spark's words, as {@code days(at)} and {@code bucket(4, id)}; none for who may see a part
 *     of the table, since they may name hidden columns
 * @param order of the rows in a file, as {@code id DESC NULLS LAST}; none likewise
 * @param defaults what columns have where nothing is said, as constants of SQL
 * @param formatVersion of Iceberg's format
 */
public record TableDefinition(
        TableDescription table,
        List<String> partitioning,
        List<String> order,
        Map<String, String> defaults,
        int formatVersion) {
    /** Of a table for which nothing else is said. */
    public static final int USUAL_FORMAT = NewTable.FORMAT_VERSION;

    static TableDefinition of(TableDescription table, TableMetadata metadata) {
        TableShape shape = table.limited() ? TableShape.PLAIN : TableShape.of(metadata);
        Map<String, String> defaults = new TreeMap<>();
        for (Column told : table.columns()) {
            NestedField column = metadata.schema().findField(told.id());
            if (column.writeDefault() != null) {
                defaults.put(told.name(), DefaultValue.text(column.type(), column.writeDefault()));
            }
        }
        return new TableDefinition(
                table,
                shape.partitioning().stream()
                        .flatMap(field -> text(field.transform()).stream())
                        .toList(),
                shape.order().stream()
                        .flatMap(sort -> text(sort.transform()).stream()
                                .map(key -> key
                                        + (sort.descending() ? " DESC" : " ASC")
                                        + (sort.nullsFirst() ? " NULLS FIRST" : " NULLS LAST")))
                        .toList(),
                defaults,
                metadata.formatVersion());
    }

    /** Nothing for what partitions nothing any more, or by a column that is gone. */
    private static Optional<String> text(TableShape.Transform transform) {
        if (transform.column().isEmpty() || transform.transform().equals("void")) {
            return Optional.empty();
        }
        String column =
                transform.column().stream().map(TableName::quotedWhereNeeded).collect(Collectors.joining("."));
        return Optional.of(
                switch (transform.transform()) {
                    case "identity" -> column;
                    case "bucket", "truncate" ->
                        "%s(%d, %s)".formatted(transform.transform(), transform.argument(), column);
                    case "year", "month", "day", "hour" -> transform.transform() + "s(" + column + ")";
                    default -> transform.text() + "(" + column + ")";
                });
    }
}
