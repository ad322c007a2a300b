package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import java.util.function.LongConsumer;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/** The rows of a result, batch by batch in the same vectors. */
final class ResultRows {
    static final int BATCH_ROWS = 8192;

    private final ArrowReader reader;
    private final ResultColumns columns;
    private final Cancellation cancellation;
    private final LongConsumer rowsSoFar;
    private final boolean huge;
    private long rows;

    /** {@code columns} have the statement's own types, which may be others than the vectors'. */
    ResultRows(ArrowReader reader, ResultColumns columns, Cancellation cancellation, LongConsumer rowsSoFar) {
        this.reader = reader;
        this.columns = columns;
        this.cancellation = cancellation;
        this.rowsSoFar = rowsSoFar;
        this.huge = columns.types().stream().anyMatch(type -> type.contains("HUGEINT"));
    }

    ResultColumns columns() {
        return columns;
    }

    VectorSchemaRoot batch() throws IOException {
        return reader.getVectorSchemaRoot();
    }

    boolean next() throws IOException, TaskFailedException {
        rowsSoFar.accept(rows);
        boolean more = reader.loadNextBatch();
        cancellation.check();
        if (more) {
            if (huge) {
                HugeIntegers.check(batch());
            }
            rows += batch().getRowCount();
        }
        return more;
    }

    /** How many there were up to now. */
    long count() {
        return rows;
    }
}
