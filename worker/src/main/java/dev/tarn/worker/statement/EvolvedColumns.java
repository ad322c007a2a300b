package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How files of one layout are read as rows of the table. Iceberg knows a column by its id, through all names that it has had; what
 * a file lacks has no value there. The same holds for the fields of a struct, at any depth.
 */
final class EvolvedColumns {
    private final List<FileColumn> columns;
    private final boolean byId;

    private final Map<Integer, String> constants;

    /** @param constants what columns are that the files do not have, by id */
    EvolvedColumns(List<FileColumn> columns, Map<Integer, String> constants) {
        this.columns = columns;
        this.byId = columns.stream().anyMatch(FileColumn::hasIds);
        this.constants = constants;
    }

    /** Whether nothing says which of the files' columns are which: they have no ids, and the table maps no names to any. */
    boolean isUnknown(List<SourceColumn> wanted) {
        return !byId && wanted.stream().allMatch(column -> column.fileNames().isEmpty());
    }

    /** The columns that the files do not have, of those that there are constants for. */
    static Map<Integer, String> constants(List<FileColumn> columns, TableSource table, SourceFile file) {
        Map<Integer, String> constants = new HashMap<>();
        if (!file.constants().isEmpty()) {
            EvolvedColumns evolved = new EvolvedColumns(columns, Map.of());
            for (SourceColumn column : table.columns()) {
                file.constants().stream()
                        .filter(constant -> constant.fieldId() == column.fieldId())
                        .filter(constant ->
                                FileColumn.find(columns, column, evolved.byId).isEmpty())
                        .forEach(constant -> constants.put(constant.fieldId(), constant.sql()));
            }
        }
        return constants;
    }

    private String missing(SourceColumn wanted) {
        String known = constants.getOrDefault(wanted.fieldId(), wanted.missing());
        return known == null ? "NULL" : known;
    }

    /** An expression over the file's columns that has the wanted type. */
    String of(SourceColumn wanted) {
        return cast(
                FileColumn.find(columns, wanted, byId)
                        .map(column -> value(column, wanted, Sql.name(column.name()), 0))
                        .orElseGet(() -> missing(wanted)),
                wanted);
    }

    private String field(List<FileColumn> own, SourceColumn wanted, String struct, int depth) {
        return cast(
                FileColumn.find(own, wanted, byId)
                        .map(field -> value(
                                field,
                                wanted,
                                "struct_extract(%s, %s)".formatted(struct, Sql.text(field.name())),
                                depth))
                        .orElseGet(() -> missing(wanted)),
                wanted);
    }

    private String value(FileColumn column, SourceColumn wanted, String expression, int depth) {
        if (isReadByName(column, wanted)) {
            return expression;
        }
        String variable = "tarn_part" + depth;
        List<SourceColumn> parts = wanted.parts();
        if (wanted.type().endsWith("[]")) {
            return "list_transform(%s, lambda %s: %s)"
                    .formatted(
                            expression,
                            variable,
                            element(column.parts().getFirst(), parts.getFirst(), variable, depth));
        }
        if (wanted.type().startsWith("MAP(")) {
            return "map_from_entries(list_transform(map_entries(%s), lambda %s: {'key': %s, 'value': %s}))"
                    .formatted(
                            expression,
                            variable,
                            element(column.parts().get(0), parts.get(0), variable + ".key", depth),
                            element(column.parts().get(1), parts.get(1), variable + ".value", depth));
        }
        return parts.stream()
                .map(field -> Sql.name(field.name()) + " := " + field(column.parts(), field, expression, depth))
                .collect(Collectors.joining(
                        ", ", "CASE WHEN " + expression + " IS NULL THEN NULL ELSE struct_pack(", ") END"));
    }

    private String element(FileColumn column, SourceColumn wanted, String variable, int depth) {
        return cast(value(column, wanted, variable, depth + 1), wanted);
    }

    /** Whether a cast, which goes by name, gives what reading by id gives. */
    private boolean isReadByName(FileColumn column, SourceColumn wanted) {
        List<SourceColumn> parts = wanted.parts();
        if (parts.isEmpty() || column.parts().isEmpty()) {
            return true;
        }
        if (wanted.type().endsWith("[]") || wanted.type().startsWith("MAP(")) {
            return column.parts().size() != parts.size()
                    || indexes(parts).allMatch(i -> isReadByName(column.parts().get(i), parts.get(i)));
        }
        return parts.stream().allMatch(part -> {
            Optional<FileColumn> found = FileColumn.find(column.parts(), part, byId);
            return found.isPresent() && found.get().name().equals(part.name()) && isReadByName(found.get(), part);
        });
    }

    private static IntStream indexes(List<?> list) {
        return IntStream.range(0, list.size());
    }

    private static String cast(String expression, SourceColumn wanted) {
        return "CAST(" + expression + " AS " + wanted.type() + ")";
    }
}
