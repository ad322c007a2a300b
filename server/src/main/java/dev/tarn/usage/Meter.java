package dev.tarn.usage;

import dev.tarn.access.Caller;
import dev.tarn.platform.GroupCommit;
import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import java.time.Clock;

/** The usage meter. Entries are committed in groups, see {@link GroupCommit}. */
public final class Meter implements AutoCloseable {
    private final Ids ids;
    private final Clock clock;
    private final GroupCommit<UsageStore.Entry> entries;

    Meter(Database database, UsageStore store, Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
        this.entries = new GroupCommit<>("tarn-meter", batch -> database.inTransaction(() -> store.append(batch)));
    }

    /**
     * Notes what a call used.
     *
     * @param bytesScanned compressed bytes read from tables
     */
    public void record(Caller caller, UsageKind kind, long bytesScanned, long elapsedMs) {
        entries.add(new UsageStore.Entry(
                caller.tenantId(),
                caller.workspaceId(),
                ids.next(),
                clock.instant(),
                caller.userId(),
                kind,
                bytesScanned,
                elapsedMs,
                caller.origin().requestId()));
    }

    @Override
    public void close() {
        entries.close();
    }
}
