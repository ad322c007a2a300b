package dev.tarn.sql;

import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.Work;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The statements that this server has taken and not yet answered, and how each is stopped. */
final class RunningStatements {
    private final Map<StatementKey, Entry> entries = new ConcurrentHashMap<>();

    /** One of them; whoever works at it removes it. */
    static final class Entry {
        private final Cancellation cancellation;
        private volatile boolean waits = true;
        private volatile OptionalDouble progress = OptionalDouble.empty();

        private Entry(Cancellation cancellation) {
            this.cancellation = cancellation;
        }

        /** It has its place. */
        void runs() {
            waits = false;
        }
    }

    Entry add(StatementKey key, Cancellation cancellation) {
        Entry entry = new Entry(cancellation);
        if (entries.putIfAbsent(key, entry) != null) {
            throw new TarnException(
                    ErrorCode.ALREADY_EXISTS,
                    "A statement with the id %s is running; choose another id".formatted(key.id()));
        }
        return entry;
    }

    /** After this nobody is told any more that it was stopped. */
    void remove(StatementKey key) {
        entries.remove(key);
    }

    /** Stops it; false when it is not here. */
    boolean stop(StatementKey key) {
        return entries.computeIfPresent(key, (same, entry) -> {
                    entry.cancellation.request();
                    return entry;
                })
                != null;
    }

    /** Notes how far it is, 0 to 1. */
    void reached(StatementKey key, double fraction) {
        Entry entry = entries.get(key);
        if (entry != null) {
            entry.progress = OptionalDouble.of(Math.clamp(fraction, 0, 1));
        }
    }

    /** How far it is, 0 to 1; empty when that is not known, or it is not here. */
    OptionalDouble progress(StatementKey key) {
        Entry entry = entries.get(key);
        return entry == null ? OptionalDouble.empty() : entry.progress;
    }

    Set<StatementKey> keys() {
        return Set.copyOf(entries.keySet());
    }

    /** How many there are, of one tenant or of all. */
    Work work(Optional<UUID> tenant) {
        return Work.of(entries.entrySet().stream()
                .filter(one -> tenant.isEmpty() || one.getKey().tenantId().equals(tenant.get()))
                .map(one -> one.getValue().waits)
                .toList());
    }

    void outOfTime() {
        entries.values().forEach(entry -> entry.cancellation.outOfTime());
    }
}
