package dev.tarn.usage;

import dev.tarn.access.Caller;
import dev.tarn.platform.GroupCommit;
import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The usage meter. Entries are committed in groups, see {@link GroupCommit}. */
public final class Meter implements AutoCloseable {
    private final Ids ids;
    private final Clock clock;
    private final Optional<String> prices;
    private final CallCounts counts;
    private final GroupCommit<UsageStore.Entry> entries;

    Meter(Database database, UsageStore store, UsageSettings settings, Prices prices, Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
        this.prices = prices.text();
        this.counts = new CallCounts(settings.entriesAMinute(), ids);
        this.entries = new GroupCommit<>("tarn-meter", batch -> database.inTransaction(() -> store.append(batch)));
    }

    /** Notes what a call used; the call itself is noted by {@link #call}. */
    public void record(Caller caller, Use use) {
        add(caller, ids.next(), clock.instant(), Optional.empty(), use.kind(), use.amount(), use.elapsedMs());
    }

    /** Notes that a contract was called. */
    public void call(Caller caller, String contract, long elapsedMs) {
        CallCounts.Counted counted = counts.count(caller, key(caller), contract, clock.instant());
        add(
                caller,
                counted.entryId(),
                counted.at(),
                Optional.of(contract),
                UsageKind.CALL,
                UsageAmount.ofCalls(counted.calls()),
                elapsedMs);
    }

    private void add(
            Caller caller,
            UUID id,
            Instant at,
            Optional<String> contract,
            UsageKind kind,
            UsageAmount amount,
            long elapsedMs) {
        entries.add(new UsageStore.Entry(
                caller.tenantId(),
                caller.workspaceId(),
                id,
                at,
                caller.userId(),
                key(caller),
                contract,
                kind,
                amount,
                elapsedMs,
                prices,
                caller.origin().requestId()));
    }

    private static Optional<UUID> key(Caller caller) {
        return switch (caller) {
            case Caller.KeyHolder holder -> Optional.of(holder.keyId());
            case Caller.JobToken job -> job.keyId();
            case Caller.Person _, Caller.TokenHolder _, Caller.Server _, Caller.Anonymous _ -> Optional.empty();
        };
    }

    @Override
    public void close() {
        entries.close();
    }
}
