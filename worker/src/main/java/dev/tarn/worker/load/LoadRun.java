package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.RowBatches.GuessRefutedException;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Loads one file. A sample gives a guess of the types and the file is written with it; only when a later cell refutes the guess
 * is the whole file profiled and written again. All files or none are left behind.
 */
public final class LoadRun {
    static final int SAMPLE_RECORDS = 20_480;
    private static final String STREAM = "rows_of_the_file";

    private final long id;
    private final LoadTask task;
    private final Cancellation cancellation;
    private final long sampleRecords;
    private volatile @Nullable RowBatches batches;
    private volatile long profiledBytes;
    private volatile long fileBytes;

    public LoadRun(long id, LoadTask task, Cancellation cancellation) {
        this(id, task, cancellation, SAMPLE_RECORDS);
    }

    /** {@code sampleRecords}: {@code Long.MAX_VALUE} profiles the whole file before a row is written. */
    LoadRun(long id, LoadTask task, Cancellation cancellation, long sampleRecords) {
        this.id = id;
        this.task = task;
        this.cancellation = cancellation;
        this.sampleRecords = sampleRecords;
    }

    /** The share of the file in the present pass over it. */
    public Message.Progress progress() {
        RowBatches writing = batches;
        long bytes = writing == null ? profiledBytes : writing.bytesRead();
        return new Message.Progress(
                id, fileBytes == 0 ? -1 : (double) bytes / fileBytes, writing == null ? 0 : writing.rows());
    }

    /** Writes the files and returns the last reply. */
    public Message.Loaded run(BufferAllocator allocator, Path scratch)
            throws TaskFailedException, SQLException, IOException {
        CsvSource source = CsvSource.of(task, cancellation);
        fileBytes = source.sizeBytes();
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
            return loaded(guess, write(source, guess, allocator, scratch), 1);
        } catch (GuessRefutedException e) {
            Layout exact = profile(source, Long.MAX_VALUE).layout(header);
            try {
                return loaded(exact, write(source, exact, allocator, scratch), 2);
            } catch (GuessRefutedException impossible) {
                throw new IllegalStateException("The profile of the whole file does not hold for it", impossible);
            }
        }
    }

    private List<WrittenFile> write(CsvSource source, Layout layout, BufferAllocator allocator, Path scratch)
            throws TaskFailedException, GuessRefutedException, SQLException, IOException {
        ParquetFiles files = new ParquetFiles(task);
        boolean complete = false;
        // Closed before the clean-up: an interrupted COPY lets go of its files only with its connection.
        try (RowBatches rows = new RowBatches(source, layout, allocator);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
                // One thread: with more, DuckDB takes batches in any order, and the rows would not keep theirs.
                Instance instance = Instance.open(scratch, task.memoryLimitBytes(), 1, false)) {
            batches = rows;
            cancellation.watch(instance.connection());
            Data.exportArrayStream(allocator, rows, stream);
            instance.connection().registerArrowStream(STREAM, stream);
            try {
                List<WrittenFile> written = files.write(instance.connection(), STREAM, layout.columns());
                complete = true;
                return written;
            } catch (SQLException e) {
                throw reason(rows, e);
            } finally {
                cancellation.watch(null);
            }
        } finally {
            batches = null;
            if (!complete) {
                files.delete();
            }
        }
    }

    /** What went wrong with the rows says more than what DuckDB makes of it. */
    private TaskFailedException reason(RowBatches rows, SQLException thrown)
            throws TaskFailedException, GuessRefutedException {
        cancellation.check();
        Exception problem = rows.problem();
        if (problem instanceof GuessRefutedException refuted) {
            throw refuted;
        }
        if (problem instanceof TaskFailedException failed) {
            throw failed;
        }
        Exception cause = problem == null ? thrown : problem;
        return new TaskFailedException(Failures.of(cause), cause);
    }

    private Profile profile(CsvSource source, long records) throws TaskFailedException, IOException {
        profiledBytes = 0;
        return Profile.of(
                source, task.files().getFirst().displayName(), records, reader -> profiledBytes = reader.bytesRead());
    }

    private Message.Loaded loaded(Layout layout, List<WrittenFile> files, int passes) {
        List<LoadedColumn> columns = layout.columns().stream()
                .map(column -> new LoadedColumn(column.fieldId(), column.name(), column.typeText()))
                .toList();
        long rows = files.stream().mapToLong(WrittenFile::rows).sum();
        return new Message.Loaded(id, columns, files, rows, 0, passes, task.options(), List.of());
    }
}
