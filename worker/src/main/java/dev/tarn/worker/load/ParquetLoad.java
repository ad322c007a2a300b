package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.DuckType;
import dev.tarn.worker.duckdb.DuckType.Field;
import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.ParquetOutput;
import dev.tarn.worker.duckdb.RowsToFiles;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.FileOptions.Format;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Preview;
import dev.tarn.worker.protocol.WrittenFile;
import dev.tarn.worker.source.Source;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Files that the engine reads and writes by itself. What does not fit is looked for before a row is written. */
final class ParquetLoad implements FormatReader {
    /** Of what is written in order by all threads into one file; more is cut into files by one thread. */
    private static final int FILES_IN_ONE = 4;

    private final LoadContext context;
    private final LoadTask task;
    private final ParquetOutput output;

    ParquetLoad(LoadContext context) {
        this.context = context;
        this.task = context.task();
        this.output = new ParquetOutput(task.outputFolder(), task.filePrefix(), task.targetFileBytes());
    }

    @Override
    public Message.Loaded load() throws TaskFailedException, SQLException, IOException {
        boolean complete = false;
        boolean one = context.sources().packedBytes() <= FILES_IN_ONE * task.targetFileBytes();
        try {
            Message.Loaded loaded;
            try (Instance instance =
                            Instance.open(context.scratch(), task.memoryLimitBytes(), one ? task.threads() : 1, false);
                    Rejects rejects = Rejects.written(task.rejects())) {
                instance.execute("SET enable_progress_bar = true; SET progress_bar_time = 0");
                context.cancellation().watch(instance.connection());
                loaded = load(instance, rejects, one);
            } finally {
                context.progress().follow(null);
                context.cancellation().watch(null);
            }
            complete = true;
            return loaded;
        } catch (SQLException e) {
            context.cancellation().check();
            throw new TaskFailedException(failure(e), e);
        } finally {
            if (!complete) {
                output.delete();
            }
        }
    }

    private Message.Loaded load(Instance instance, Rejects rejects, boolean one)
            throws TaskFailedException, SQLException, IOException {
        ParquetSources sources = ParquetSources.of(context, instance);
        List<EngineColumn> columns = EngineColumns.of(task, sources.columns());
        List<String> warnings = new ArrayList<>(warnings(columns));
        String good = sources.relation();
        if (new EngineFaults(sources, columns).into(rejects, instance)) {
            good += " WHERE NOT coalesce(" + EngineFaults.any(columns) + ", false)";
            warnings.addAll(rejects.remembered());
        }
        String select = columns.stream()
                .map(column -> (column.source() == null
                                ? "CAST(" + task.missing(column.fieldId()) + " AS "
                                        + column.to().text() + ")"
                                : column.value())
                        + " AS " + Sql.name(column.name()))
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + good));
        List<ParquetOutput.Column> written = columns.stream()
                .map(column -> new ParquetOutput.Column(column.fieldId(), column.name(), column.to()))
                .toList();
        RowsToFiles.prepare(instance, task.arrangement());
        List<WrittenFile> files = new RowsToFiles(output, task.arrangement(), context.cancellation())
                .write(new Reading(instance, context.progress()), select, written, one);
        List<LoadedColumn> loaded = columns.stream()
                .map(column -> new LoadedColumn(
                        column.fieldId(), column.name(), column.to().text()))
                .toList();
        long rows = files.stream().mapToLong(WrittenFile::rows).sum();
        return new Message.Loaded(context.id(), loaded, files, rows, rejects.count(), 1, options(), warnings);
    }

    private record Reading(Instance instance, LoadProgress progress) implements RowsToFiles.Source {
        @Override
        public void reading(PreparedStatement statement) {
            progress.follow(statement);
        }

        @Override
        public void read() {
            progress.follow(null);
        }
    }

    @Override
    public Preview preview(int rows) throws TaskFailedException, SQLException, IOException {
        try (Instance instance = Instance.open(context.scratch(), task.memoryLimitBytes(), 1, true)) {
            context.cancellation().watch(instance.connection());
            ParquetSources sources = ParquetSources.of(context, instance);
            List<EngineColumn> columns = EngineColumns.of(task, sources.columns()).stream()
                    .filter(column -> column.source() != null)
                    .toList();
            List<Preview.PreviewColumn> shown = columns.stream()
                    .map(column -> new Preview.PreviewColumn(
                            String.valueOf(column.source()),
                            column.name(),
                            column.to().text()))
                    .toList();
            String select = columns.stream()
                    .map(EngineColumn::shown)
                    .collect(Collectors.joining(", ", "SELECT ", " FROM " + sources.relation() + " LIMIT " + rows));
            return new Preview(options(), context.sources().names(), shown, rows(instance, select), warnings(columns));
        } catch (SQLException e) {
            context.cancellation().check();
            throw new TaskFailedException(failure(e), e);
        } finally {
            context.cancellation().watch(null);
        }
    }

    private static List<List<@Nullable String>> rows(Instance instance, String select) throws SQLException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (Statement statement = instance.connection().createStatement();
                ResultSet result = statement.executeQuery(select)) {
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(Collections.unmodifiableList(row));
            }
        }
        return rows;
    }

    /** Nothing else is lost on the way to a table's types. */
    private static List<String> warnings(List<EngineColumn> columns) {
        return columns.stream()
                .filter(column -> column.source() != null
                        && column.from().text().contains("_NS")
                        && !column.to().text().equals("VARCHAR"))
                .map(column -> "Column '" + column.name() + "' has nanoseconds, which are rounded to microseconds")
                .toList();
    }

    private static FileOptions options() {
        return new FileOptions(
                Format.PARQUET, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Under the names that the person knows. */
    private Failure failure(SQLException thrown) throws IOException {
        Failure failure = Failures.of(thrown);
        String message = failure.message();
        for (Source source : context.sources().all()) {
            message = message.replace('"' + source.plainFile(context.scratch()).toString() + '"', source.name());
        }
        return switch (failure.kind()) {
            case TYPE, BINDING, INTERNAL, IO -> ParquetSources.damaged(thrown, message);
            default -> failure;
        };
    }

    /** The columns of a query, by name. */
    static List<Field> columns(Instance instance, String relation) throws SQLException {
        List<Field> columns = new ArrayList<>();
        try (Statement statement = instance.connection().createStatement();
                ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + relation)) {
            while (described.next()) {
                columns.add(Field.of(described.getString(1), DuckType.of(described.getString(2))));
            }
        }
        return columns;
    }
}
