package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of a table's files, as SQL. */
final class FileRows {
    private final TableSource table;
    private final Optional<? extends Besides> besides;

    private FileRows(TableSource table, Optional<? extends Besides> besides) {
        this.table = table;
        this.besides = besides;
    }

    /** A column that is none of the table's, over the columns of its files, file_index and file_row_number. */
    record Beside(String name, String expression) {
        String text() {
            return expression + " AS " + Sql.name(name);
        }
    }

    /** What is read beside the table's columns; numbers all of it. */
    interface Besides {
        /**
         * Those of some files.
         *
         * @param files in the order in which they are read; none of a table without rows */
        List<Beside> of(EvolvedColumns columns, List<SourceFile> files);
    }

    /** A query of all rows. An evolved table is read from one part for each kind of files that it has. */
    static String select(Instance instance, TableSource table, Optional<? extends Besides> besides)
            throws SQLException, TaskFailedException {
        return new FileRows(table, besides).select(instance);
    }

    private String select(Instance instance) throws SQLException, TaskFailedException {
        List<String> paths = TableViews.paths(table);
        if (paths.isEmpty()) {
            List<Beside> none = besides(new EvolvedColumns(List.of(), Map.of()), List.of()).stream()
                    .map(beside -> new Beside(beside.name(), "CAST(NULL AS BIGINT)"))
                    .toList();
            return "SELECT " + columns(column -> "CAST(NULL AS " + column.type() + ')', none) + " WHERE false";
        }
        if (!table.evolved() && table.deletes().isEmpty() && besides.isEmpty()) {
            return select(columns(FileRows::byName, List.of()), paths);
        }
        Map<String, SourceFile> files = new HashMap<>();
        table.files().forEach(file -> files.put(file.path(), file));
        List<String> parts = new ArrayList<>();
        for (FileLayouts.Layout layout : FileLayouts.of(instance, paths)) {
            Map<Map<Integer, String>, List<SourceFile>> alike = layout.paths().stream()
                    .map(path -> Objects.requireNonNull(files.get(path)))
                    .collect(Collectors.groupingBy(
                            file -> EvolvedColumns.constants(layout.columns(), table, file),
                            LinkedHashMap::new,
                            Collectors.toList()));
            for (Map.Entry<Map<Integer, String>, List<SourceFile>> some : alike.entrySet()) {
                EvolvedColumns evolved = new EvolvedColumns(layout.columns(), some.getKey());
                if (evolved.isUnknown(table.columns())) {
                    throw refused(
                            "The table %s has files whose columns have no ids, and its columns have changed; set its property schema.name-mapping.default");
                }
                parts.addAll(selects(layout, evolved, some.getValue()));
            }
        }
        return String.join(" UNION ALL ", parts);
    }

    private List<String> selects(FileLayouts.Layout layout, EvolvedColumns evolved, List<SourceFile> files)
            throws TaskFailedException {
        Map<Boolean, List<SourceFile>> kinds = files.stream().collect(Collectors.partitioningBy(SourceFile::deletes));
        List<SourceFile> whole = Objects.requireNonNull(kinds.get(false));
        List<SourceFile> partial = Objects.requireNonNull(kinds.get(true));
        boolean placed = !partial.isEmpty() || besides.isPresent();
        if (placed && !DeletedRows.canRead(layout.columns())) {
            throw refused(
                    "The table %s has row deletes and a column called file_row_number, and cannot be read with both");
        }
        List<String> parts = new ArrayList<>();
        if (!whole.isEmpty()) {
            parts.add(select(columns(evolved::of, besides(evolved, whole)), paths(whole)));
        }
        if (!partial.isEmpty()) {
            parts.add(new DeletedRows(table.deletes().orElseThrow())
                    .select(table.columns(), besides(evolved, partial), paths(partial), layout.columns(), evolved::of));
        }
        return parts;
    }

    private List<Beside> besides(EvolvedColumns columns, List<SourceFile> files) {
        return besides.map(some -> some.of(columns, files)).orElse(List.of());
    }

    private TaskFailedException refused(String message) {
        return new TaskFailedException(Failure.of(Failure.Kind.NOT_ALLOWED, message.formatted(table.name())));
    }

    private static List<String> paths(List<SourceFile> files) {
        return files.stream().map(SourceFile::path).toList();
    }

    /** Every column is cast to the declared type, which costs nothing where the file has that type already. */
    private static String byName(SourceColumn column) {
        return "CAST(" + Sql.name(column.name()) + " AS " + column.type() + ')';
    }

    private String columns(Function<SourceColumn, String> expression, List<Beside> besides) {
        return Stream.concat(
                        table.columns().stream()
                                .map(column -> expression.apply(column) + " AS " + Sql.name(column.name())),
                        besides.stream().map(Beside::text))
                .collect(Collectors.joining(", "));
    }

    /** A folder named {@code k=v} is no column: its value would hide the file's own. */
    private static String select(String columns, List<String> paths) {
        return "SELECT " + columns + " FROM read_parquet(" + Sql.files(paths) + ", hive_partitioning = false)";
    }
}
