package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.ParquetOutput;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.RowBatches.GuessRefutedException;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.FileOptions.Format;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Preview;
import dev.tarn.worker.protocol.WrittenFile;
import dev.tarn.worker.source.SourceException;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;

/**
 * Files of JSON objects, read by ourselves like other texts: the engine's own reader rounds long numbers, drops what it has not
 * seen in its sample and knows no line. A sample gives a guess of the types and the records are written with it; only when a later one
 * refutes the guess are all looked at and written again.
 */
final class JsonLoad implements FormatReader {
    private static final long SAMPLE_BYTES = 32 << 20;
    private static final String STREAM = "records_of_the_files";

    private final LoadContext context;
    private final LoadTask task;
    private final ParquetOutput output;
    private final long sampleRecords;

    JsonLoad(LoadContext context, long sampleRecords) {
        this.sampleRecords = sampleRecords;
        this.context = context;
        this.task = context.task();
        this.output = new ParquetOutput(task.outputFolder(), task.filePrefix(), task.targetFileBytes());
    }

    @Override
    public Preview preview(int rows) throws TaskFailedException, IOException {
        return new JsonPreview(context).of(rows);
    }

    @Override
    public Message.Loaded load() throws TaskFailedException, SQLException, IOException {
        JsonTable guess = JsonTable.of(context, sampleRecords, SAMPLE_BYTES);
        try {
            return write(guess, 1);
        } catch (GuessRefutedException e) {
            try {
                return write(JsonTable.of(context, Long.MAX_VALUE, Long.MAX_VALUE), 2);
            } catch (GuessRefutedException impossible) {
                throw new IllegalStateException("The shape of all records does not hold for them", impossible);
            }
        }
    }

    private Message.Loaded write(JsonTable table, int passes)
            throws TaskFailedException, GuessRefutedException, SQLException, IOException {
        try (Rejects rejects = Rejects.written(task.rejects())) {
            List<WrittenFile> files = write(table, rejects);
            List<LoadedColumn> columns = table.columns().stream()
                    .map(column -> new LoadedColumn(
                            column.fieldId(), column.name(), column.to().text()))
                    .toList();
            List<String> warnings = new ArrayList<>(table.warnings());
            warnings.addAll(rejects.remembered());
            long rows = files.stream().mapToLong(WrittenFile::rows).sum();
            return new Message.Loaded(
                    context.id(), columns, files, rows, rejects.count(), passes, options(table), warnings);
        }
    }

    static FileOptions options(JsonTable table) {
        return new FileOptions(
                Format.JSON, table.encoding(), null, null, null, null, null, null, null, null, null, null, null, null);
    }

    private List<WrittenFile> write(JsonTable table, Rejects rejects)
            throws TaskFailedException, GuessRefutedException, SQLException, IOException {
        boolean complete = false;
        context.progress().begin(context.sources().packedBytes());
        // Closed before the clean-up: an interrupted COPY lets go of its files only with its connection.
        try (JsonBatches rows = new JsonBatches(table, rejects, context);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(context.allocator());
                // One thread: with more, DuckDB takes batches in any order, and the rows would not keep theirs.
                Instance instance = Instance.open(context.scratch(), task.memoryLimitBytes(), 1, false)) {
            context.cancellation().watch(instance.connection());
            Data.exportArrayStream(context.allocator(), rows, stream);
            instance.connection().registerArrowStream(STREAM, stream);
            try (PreparedStatement copy = instance.connection().prepareStatement(copy(table))) {
                List<WrittenFile> written = ParquetOutput.written(copy);
                complete = true;
                return written;
            } catch (SQLException e) {
                throw reason(rows, e);
            } finally {
                context.cancellation().watch(null);
            }
        } finally {
            if (!complete) {
                output.delete();
            }
        }
    }

    private String copy(JsonTable table) {
        List<String> values = new ArrayList<>();
        List<ParquetOutput.Column> columns = new ArrayList<>();
        int read = 0;
        for (EngineColumn column : table.columns()) {
            String value = column.source() == null ? "NULL" : "c" + read++;
            values.add("CAST(" + value + " AS " + column.to().text() + ") AS " + Sql.name(column.name()));
            columns.add(new ParquetOutput.Column(column.fieldId(), column.name(), column.to()));
        }
        return output.copy("SELECT " + String.join(", ", values) + " FROM " + STREAM, columns, false);
    }

    /** What went wrong with the rows says more than what DuckDB makes of it. */
    private TaskFailedException reason(JsonBatches rows, SQLException thrown)
            throws TaskFailedException, GuessRefutedException {
        context.cancellation().check();
        Exception problem = rows.problem();
        return switch (problem) {
            case GuessRefutedException refuted -> throw refuted;
            case TaskFailedException failed -> failed;
            case SourceException failed -> new TaskFailedException(failed.failure(), failed);
            case RowBatches.OutOfHeapException failed -> new TaskFailedException(Failures.outOfMemory(), failed);
            case IOException failed -> new TaskFailedException(Failures.ofFile(failed), failed);
            case null -> new TaskFailedException(Failures.of(thrown), thrown);
            default -> new TaskFailedException(Failures.of(problem), problem);
        };
    }
}
