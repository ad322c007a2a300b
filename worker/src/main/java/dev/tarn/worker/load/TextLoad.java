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
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.jspecify.annotations.Nullable;

/**
 * Files whose values are texts in cells. A sample gives a guess of the types and the rows are written with it; only when a later
 * cell refutes the guess are all rows profiled and written again. All files or none are left behind.
 */
final class TextLoad implements FormatReader {
    static final int SAMPLE_RECORDS = 20_480;
    private static final String STREAM = "rows_of_the_file";

    private final LoadContext context;
    private final LoadTask task;
    private final TextSources sources;
    private final long sampleRecords;

    TextLoad(LoadContext context, TextSources sources, long sampleRecords) {
        this.context = context;
        this.task = context.task();
        this.sources = sources;
        this.sampleRecords = sampleRecords;
    }

    @Override
    public Preview preview(int rows) throws TaskFailedException, IOException {
        return new TextPreview(context, sources).of(rows);
    }

    /** What was written and how. */
    private record Written(Layout layout, List<WrittenFile> files, long rejected, int passes, List<String> warnings) {}

    @Override
    public Message.Loaded load() throws TaskFailedException, SQLException, IOException {
        TextTable table = TextTable.of(context, sources);
        Profile sample =
                table.profile(Math.max(1, sampleRecords / table.union().files().size()), Long.MAX_VALUE);
        Profile first = sample.isSafe() ? sample : table.profile(Long.MAX_VALUE, Long.MAX_VALUE);
        Written written;
        try {
            written = write(table, first, 1);
        } catch (GuessRefutedException e) {
            try {
                written = write(table, table.profile(Long.MAX_VALUE, Long.MAX_VALUE), 2);
            } catch (GuessRefutedException impossible) {
                throw new IllegalStateException("The profile of the whole file does not hold for it", impossible);
            }
        }
        List<LoadedColumn> columns = written.layout.columns().stream()
                .map(column -> new LoadedColumn(column.fieldId(), column.name(), column.typeText()))
                .toList();
        long rows = written.files.stream().mapToLong(WrittenFile::rows).sum();
        return new Message.Loaded(
                context.id(),
                columns,
                written.files,
                rows,
                written.rejected,
                written.passes,
                table.options(written.layout),
                written.warnings);
    }

    private Written write(TextTable table, Profile profile, int passes)
            throws TaskFailedException, GuessRefutedException, SQLException, IOException {
        Layout layout = profile.layout();
        try (Rejects rejects = Rejects.written(task.rejects())) {
            List<WrittenFile> files = write(table, layout, rejects);
            List<String> warnings = new ArrayList<>(table.warnings());
            warnings.addAll(profile.warnings());
            return new Written(layout, files, rejects.count(), passes, warnings);
        }
    }

    private List<WrittenFile> write(TextTable table, Layout layout, Rejects rejects)
            throws TaskFailedException, GuessRefutedException, SQLException, IOException {
        ParquetFiles files = new ParquetFiles(task);
        boolean complete = false;
        context.progress().begin(context.sources().packedBytes());
        // Never interrupted: the rows end when the task is cancelled. Closed before the clean-up: a COPY that has
        // failed lets
        // go of its files only with its connection.
        try (RowBatches rows = new RowBatches(layout, table.notations(), rejects, context);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(context.allocator());
                // One thread: with more, DuckDB takes batches in any order, and the rows would not keep theirs.
                Instance instance = Instance.open(context.scratch(), task.memoryLimitBytes(), 1, false)) {
            Data.exportArrayStream(context.allocator(), rows, stream);
            instance.connection().registerArrowStream(STREAM, stream);
            try {
                List<WrittenFile> written = files.write(instance.connection(), STREAM, layout.columns());
                if (rows.problem() != null) {
                    throw reason(rows, null);
                }
                // On a full disk the rows that were left out fail last.
                rejects.finish();
                complete = true;
                return written;
            } catch (SQLException e) {
                throw reason(rows, e);
            }
        } finally {
            if (!complete) {
                files.delete();
            }
        }
    }

    /** What went wrong with the rows says more than what DuckDB makes of it. */
    private TaskFailedException reason(RowBatches rows, @Nullable SQLException thrown)
            throws TaskFailedException, GuessRefutedException {
        context.cancellation().check();
        Exception problem = rows.problem() == null ? thrown : rows.problem();
        return switch (problem) {
            case GuessRefutedException refuted -> throw refuted;
            case TaskFailedException failed -> failed;
            case RowBatches.OutOfHeapException _ -> new TaskFailedException(Failures.outOfMemory(), problem);
            case SourceException failed -> new TaskFailedException(failed.failure(), failed);
            case IOException failed -> new TaskFailedException(Failures.ofFile(failed), failed);
            case null -> throw new IllegalStateException("Nothing went wrong");
            default -> new TaskFailedException(Failures.of(problem), problem);
        };
    }
}
