package dev.tarn.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.TableMetadata;

/**
 * All that it takes to make a table like this one.
 *
 * @param table as the caller is told of it
 * @param partitioning its transforms in Spark's words, as {@code days(at)} and {@code bucket(4, id)}; none for who may see a part
 *     of the table, since they may name hidden columns
 */
public record TableDefinition(TableDescription table, List<String> partitioning) {
    static TableDefinition of(TableDescription table, TableMetadata metadata) {
        return new TableDefinition(
                table,
                table.limited()
                        ? List.of()
                        : metadata.spec().fields().stream()
                                .flatMap(field -> transform(field, metadata).stream())
                                .toList());
    }

    private static Optional<String> transform(PartitionField field, TableMetadata metadata) {
        String name = metadata.schema().findColumnName(field.sourceId());
        if (name == null) {
            return Optional.empty(); // of a column that was dropped
        }
        String column = TableName.quotedWhereNeeded(name);
        String transform = field.transform().toString().toLowerCase(Locale.ROOT);
        int bracket = transform.indexOf('[');
        if (bracket > 0) {
            return Optional.of("%s(%s, %s)"
                    .formatted(
                            transform.substring(0, bracket),
                            transform.substring(bracket + 1, transform.length() - 1),
                            column));
        }
        return switch (transform) {
            case "void" -> Optional.empty();
            case "identity" -> Optional.of(column);
            default ->
                Stream.of("year", "month", "day", "hour").anyMatch(transform::equals)
                        ? Optional.of(transform + "s(" + column + ")")
                        : Optional.of(transform + "(" + column + ")");
        };
    }
}
