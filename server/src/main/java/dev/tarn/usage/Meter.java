package dev.tarn.usage;

import dev.tarn.access.Caller;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Repeating;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The usage meter. Entries of up to 200 ms are committed together by one background thread; a kill may lose those, a stop
 * loses none. When the database cannot keep up, the queue fills and callers wait.
 */
public final class Meter implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int MOST_WAITING = 10_000;

    private final Database database;
    private final UsageStore store;
    private final Ids ids;
    private final Clock clock;
    private final BlockingQueue<UsageStore.Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

    /** Taken from the queue and not yet committed; only the writer touches it. */
    private final List<UsageStore.Entry> batch = new ArrayList<>();

    private final Repeating writer;

    Meter(Database database, UsageStore store, Ids ids, Clock clock) {
        this.database = database;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.writer = Repeating.start("tarn-meter", PAUSE, this::write);
    }

    /**
     * Notes what a call used.
     *
     * @param bytesScanned compressed bytes read from tables
     */
    public void record(Caller caller, UsageKind kind, long bytesScanned, long elapsedMs) {
        UsageStore.Entry entry = new UsageStore.Entry(
                caller.tenantId(),
                caller.workspaceId(),
                ids.next(),
                clock.instant(),
                caller.userId(),
                kind,
                bytesScanned,
                elapsedMs,
                caller.origin().requestId());
        boolean interrupted = false;
        while (true) {
            try {
                waiting.put(entry);
                break;
            } catch (InterruptedException e) {
                interrupted = true; // a cancelled statement is metered all the same
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Commits what waits; entries stay in the batch until they are committed. */
    private void write() {
        do {
            waiting.drainTo(batch, MOST_WAITING - batch.size());
            if (!batch.isEmpty()) {
                database.inTransaction(() -> store.append(batch));
                batch.clear();
            }
        } while (!waiting.isEmpty());
    }

    @Override
    public void close() {
        writer.close();
    }
}
