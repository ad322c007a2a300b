package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.DuckType.Field;
import dev.tarn.worker.duckdb.EngineError;
import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.source.Source;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parquet files as one relation, their columns united by name.
 *
 * @param names what the person calls each path
 */
record ParquetSources(List<String> paths, Map<String, String> names, List<Field> columns) {

    /** Looks at every footer, so that a file that is none is named. */
    static ParquetSources of(LoadContext context, Instance instance)
            throws TaskFailedException, IOException, SQLException {
        List<String> paths = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        for (Source source : context.sources().all()) {
            String path = source.plainFile(context.scratch()).toString();
            paths.add(path);
            names.put(path, source.name());
            try {
                ParquetLoad.columns(instance, relation(List.of(path)));
            } catch (SQLException e) {
                context.cancellation().check();
                Failure failure = Failures.of(e);
                throw new TaskFailedException(
                        failure.kind() == Kind.OUT_OF_MEMORY ? failure : unreadable(source.name(), e), e);
            }
        }
        return new ParquetSources(paths, names, ParquetLoad.columns(instance, relation(paths)));
    }

    String relation() {
        return relation(paths);
    }

    /** Rows have their file and number, unless the files have columns of these names themselves. */
    boolean rowsAreNumbered() {
        return columns.stream()
                .noneMatch(column -> column.name().equalsIgnoreCase("filename")
                        || column.name().equalsIgnoreCase("file_row_number"));
    }

    private static String relation(List<String> paths) {
        return "read_parquet(" + Sql.files(paths) + ", union_by_name = true, hive_partitioning = false)";
    }

    private static Failure unreadable(String name, SQLException thrown) {
        String message = EngineError.of(thrown).message();
        String what = message.contains("ncrypt")
                ? " is encrypted; load one that is not"
                : message.contains("magic bytes") || message.contains("too small")
                        ? " is no whole Parquet file: its end is missing or something else"
                        : " is damaged: its columns cannot be read";
        return Failure.of(Kind.BAD_FILE, "The file " + name + what);
    }

    /** Of a failure while rows are read. */
    static Failure damaged(SQLException thrown, String message) {
        String text = EngineError.of(thrown).message();
        if (text.contains("ncrypt")) {
            return Failure.of(Kind.BAD_FILE, "A file has encrypted columns; load one that has none");
        }
        return text.contains("cast") || text.contains("convert") || text.contains("onversion")
                ? Failure.of(Kind.BAD_FILE, "The values do not fit: " + message)
                : Failure.of(Kind.BAD_FILE, "The Parquet data cannot be read, a file is damaged: " + message);
    }
}
