package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Rows as Arrow batches, which DuckDB pulls. Whatever goes wrong, a cancel too, ends the rows and is kept as the {@link
 * #problem}: an exception would abort DuckDB's COPY, which in 2.0.0 can hang when its writing thread is busy.
 */
abstract class Batches extends ArrowReader {
    private volatile @Nullable Exception problem;

    Batches(BufferAllocator allocator) {
        super(allocator);
    }

    /** The guess of a column's type, or of how its values are written, does not hold; not a fault of the file. */
    static final class GuessRefutedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** What {@link OutOfMemoryError} becomes on its way through native code. */
    static final class OutOfHeapException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfHeapException(Throwable cause) {
            super(cause);
        }
    }

    /** Fills the next batch and answers its rows; none when there are no more. */
    abstract int fill() throws IOException, TaskFailedException, GuessRefutedException;

    @Override
    public abstract VectorSchemaRoot getVectorSchemaRoot();

    @Override
    protected Schema readSchema() {
        return getVectorSchemaRoot().getSchema();
    }

    @Override
    public boolean loadNextBatch() {
        try {
            return fill() > 0;
        } catch (TaskFailedException | GuessRefutedException | IOException | RuntimeException | OutOfMemoryError e) {
            problem = e instanceof Exception exception ? exception : new OutOfHeapException(e);
            getVectorSchemaRoot().setRowCount(0);
            return false;
        }
    }

    /** Why the rows ended before their end. */
    @Nullable
    Exception problem() {
        return problem;
    }
}
