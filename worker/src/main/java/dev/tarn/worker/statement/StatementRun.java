package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Runs one statement and sends its rows. */
public final class StatementRun {
    private final long id;
    private final Query query;
    private final Replies replies;
    private final Cancellation cancellation;
    private volatile long rows;
    private volatile @Nullable Execution running;

    public StatementRun(long id, Query query, Replies replies, Cancellation cancellation) {
        this.id = id;
        this.query = query;
        this.replies = replies;
        this.cancellation = cancellation;
    }

    /** Sends the rows and returns the last reply. */
    public Message.Done run(Planner planner, BufferAllocator allocator, Instances instances)
            throws TaskFailedException, SQLException, IOException {
        try (Execution execution = Execution.open(query, cancellation, planner, instances)) {
            running = execution;
            long count = new ResultQuery(execution, allocator, soFar -> rows = soFar).into(result -> {
                ChunkChannel chunks = new ChunkChannel(id, replies);
                ResultStream.write(result, result.columns().names(), chunks);
                chunks.flush();
            });
            Message.Done done = new Message.Done(id, count, execution.bytesScanned());
            execution.succeeded();
            return done;
        } finally {
            running = null;
        }
    }

    public Message.Progress progress() {
        Execution execution = running;
        return new Message.Progress(id, execution == null ? -1 : execution.fraction(), rows);
    }
}
