package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.ParquetOutput;
import dev.tarn.worker.duckdb.RowsToFiles;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.Batches.GuessRefutedException;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.WrittenFile;
import dev.tarn.worker.source.SourceException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.jspecify.annotations.Nullable;

/** Lets DuckDB write rows of ours as Parquet: all files or none. */
final class BatchesToParquet {
    private static final String STREAM = "rows_of_the_files";

    private final LoadContext context;
    private final ParquetOutput output;

    BatchesToParquet(LoadContext context) {
        LoadTask task = context.task();
        this.context = context;
        this.output = new ParquetOutput(task.outputFolder(), task.filePrefix(), task.targetFileBytes());
    }

    /**
     * Writes the rows.
     *
     * @param values what is selected from the batches' columns {@code c0}, {@code c1}, ...
     * @param columns of the files, a value each
     * @throws GuessRefutedException when the rows say so; nothing is left then either
     */
    List<WrittenFile> write(Batches rows, List<String> values, List<ParquetOutput.Column> columns, Rejects rejects)
            throws TaskFailedException, GuessRefutedException, SQLException, IOException {
        boolean complete = false;
        // Never interrupted, see Batches. Closed before the clean-up: a COPY that has failed lets go of its files only
        // with its connection.
        try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(context.allocator());
                // One thread: with more, DuckDB takes batches in any order, and the rows would not keep theirs.
                Instance instance =
                        Instance.open(context.scratch(), context.task().memoryLimitBytes(), 1, false)) {
            Data.exportArrayStream(context.allocator(), rows, stream);
            instance.connection().registerArrowStream(STREAM, stream);
            RowsToFiles.prepare(instance, context.task().arrangement());
            String select = "SELECT " + String.join(", ", values) + " FROM " + STREAM;
            try {
                List<WrittenFile> written = new RowsToFiles(
                                output, context.task().arrangement(), context.cancellation())
                        .write(() -> instance, select, columns, false);
                if (rows.problem() != null) {
                    throw reason(rows.problem());
                }
                // On a full disk the rows that were left out fail last.
                rejects.finish();
                complete = true;
                return written;
            } catch (SQLException e) {
                throw reason(rows.problem() == null ? e : rows.problem());
            }
        } finally {
            if (!complete) {
                output.delete();
            }
        }
    }

    /** What went wrong with the rows says more than what DuckDB makes of it. */
    private TaskFailedException reason(@Nullable Exception problem) throws TaskFailedException, GuessRefutedException {
        context.cancellation().check();
        return switch (problem) {
            case GuessRefutedException refuted -> throw refuted;
            case TaskFailedException failed -> failed;
            case Batches.OutOfHeapException _ -> new TaskFailedException(Failures.outOfMemory(), problem);
            case SourceException failed -> new TaskFailedException(failed.failure(), failed);
            case IOException failed -> new TaskFailedException(Failures.ofFile(failed), failed);
            case null -> throw new IllegalStateException("Nothing went wrong");
            default -> new TaskFailedException(Failures.of(problem), problem);
        };
    }
}
