package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.RowBatches.GuessRefutedException;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Preview;
import dev.tarn.worker.protocol.WrittenFile;
import dev.tarn.worker.source.SourceException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;

/**
 * Files whose values are texts in cells. A sample gives a guess of the types and the rows are written with it; only when a later
 * cell refutes the guess are all rows profiled and written again. All files or none are left behind.
 */
final class TextLoad implements FormatReader {
    static final int SAMPLE_RECORDS = 20_480;
    private static final String STREAM = "rows_of_the_file";

    private final LoadContext context;
    private final LoadTask task;
    private final long sampleRecords;

    TextLoad(LoadContext context, long sampleRecords) {
        this.context = context;
        this.task = context.task();
        this.sampleRecords = sampleRecords;
    }

    @Override
    public Preview preview(int rows) {
        throw new IllegalStateException("Not yet");
    }

    @Override
    public Message.Loaded load() throws TaskFailedException, SQLException, IOException {
        CsvSource source = CsvSource.of(context);
        boolean declared = !task.target().isEmpty();
        Profile sample = profile(source, declared ? 0 : sampleRecords);
        boolean header = sample.header(task.options().header(), declared);
        Layout guess = declared ? sample.layout(task.target(), header) : sample.layout(header);
        if (!declared) {
            HeaderNames.check(guess.names());
        }
        if (!declared && !sample.hasRows(header)) {
            return loaded(guess, List.of(), 1);
        }
        try {
            return loaded(guess, write(source, guess), 1);
        } catch (GuessRefutedException e) {
            Layout exact = profile(source, Long.MAX_VALUE).layout(header);
            try {
                return loaded(exact, write(source, exact), 2);
            } catch (GuessRefutedException impossible) {
                throw new IllegalStateException("The profile of the whole file does not hold for it", impossible);
            }
        }
    }

    private List<WrittenFile> write(CsvSource source, Layout layout)
            throws TaskFailedException, GuessRefutedException, SQLException, IOException {
        ParquetFiles files = new ParquetFiles(task);
        boolean complete = false;
        context.progress().begin(context.sources().packedBytes());
        // Closed before the clean-up: an interrupted COPY lets go of its files only with its connection.
        try (RowBatches rows = new RowBatches(source, layout, context);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(context.allocator());
                // One thread: with more, DuckDB takes batches in any order, and the rows would not keep theirs.
                Instance instance = Instance.open(context.scratch(), task.memoryLimitBytes(), 1, false)) {
            context.cancellation().watch(instance.connection());
            Data.exportArrayStream(context.allocator(), rows, stream);
            instance.connection().registerArrowStream(STREAM, stream);
            try {
                List<WrittenFile> written = files.write(instance.connection(), STREAM, layout.columns());
                complete = true;
                return written;
            } catch (SQLException e) {
                throw reason(rows, e);
            } finally {
                context.cancellation().watch(null);
            }
        } finally {
            if (!complete) {
                files.delete();
            }
        }
    }

    /** What went wrong with the rows says more than what DuckDB makes of it. */
    private TaskFailedException reason(RowBatches rows, SQLException thrown)
            throws TaskFailedException, GuessRefutedException {
        context.cancellation().check();
        Exception problem = rows.problem();
        return switch (problem) {
            case GuessRefutedException refuted -> throw refuted;
            case TaskFailedException failed -> failed;
            case SourceException failed -> new TaskFailedException(failed.failure(), failed);
            case IOException failed -> new TaskFailedException(Failures.ofFile(failed), failed);
            case null -> new TaskFailedException(Failures.of(thrown), thrown);
            default -> new TaskFailedException(Failures.of(problem), problem);
        };
    }

    private Profile profile(CsvSource source, long records) throws TaskFailedException, IOException {
        context.progress().begin(context.sources().packedBytes());
        return Profile.of(source, records, reader -> context.progress().at(reader.bytesRead(), 0));
    }

    private Message.Loaded loaded(Layout layout, List<WrittenFile> files, int passes) {
        List<LoadedColumn> columns = layout.columns().stream()
                .map(column -> new LoadedColumn(column.fieldId(), column.name(), column.typeText()))
                .toList();
        long rows = files.stream().mapToLong(WrittenFile::rows).sum();
        return new Message.Loaded(context.id(), columns, files, rows, 0, passes, task.options(), List.of());
    }
}
