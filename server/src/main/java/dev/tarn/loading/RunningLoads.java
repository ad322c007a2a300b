package dev.tarn.loading;

import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Work;
import dev.tarn.platform.database.DatabaseKind;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The loads that this server works at. Once a second each one's row is told how far it is, its lease is extended, and a wish to
 * cancel it, which may have come to another server, is heard. A load whose lease was lost cannot commit any more.
 */
final class RunningLoads {
    private final LoadStore store;
    private final LoadingSettings settings;
    private final Clock clock;
    private final String owner;
    private final Map<LoadKey, Running> running = new ConcurrentHashMap<>();

    RunningLoads(LoadStore store, LoadingSettings settings, Clock clock, String owner) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.owner = owner;
    }

    private record Running(LoadProgress progress, Cancellation cancellation) {}

    String owner() {
        return owner;
    }

    Instant leaseUntil() {
        return clock.instant().plus(settings.lease());
    }

    void add(LoadKey key, LoadProgress progress, Cancellation cancellation) {
        running.put(key, new Running(progress, cancellation));
    }

    void remove(LoadKey key) {
        running.remove(key);
    }

    /** The loads of this server, of one tenant or of all. */
    Work work(Optional<UUID> tenant) {
        return Work.of(running.entrySet().stream()
                .filter(load -> tenant.isEmpty() || load.getKey().tenantId().equals(tenant.get()))
                .map(load -> load.getValue().progress().waits())
                .toList());
    }

    /** Cancels a load of this server at once. */
    void cancel(LoadKey key) {
        Optional.ofNullable(running.get(key))
                .ifPresent(load -> load.cancellation().request());
    }

    void beat() {
        running.forEach((key, load) -> {
            LoadProgress progress = load.progress();
            LoadStore.Beat beat =
                    new LoadStore.Beat(leaseUntil(), progress.bytes(), progress.rows(), progress.fraction());
            boolean goesOn = store.beat(key, owner, beat)
                    .map(cancel -> !cancel)
                    .orElse(!running.containsKey(key)); // one that has just ended is nobody's any more
            if (!goesOn) {
                load.cancellation().request();
            }
        });
    }

    /** Ends rows of servers that live no more; a home folder with SQLite has one server, so all others are dead. */
    void recover(DatabaseKind kind) {
        Instant now = clock.instant();
        switch (kind) {
            case SQLITE -> store.endOthers(owner, now);
            case POSTGRESQL -> store.endSilent(now);
        }
    }

    void outOfTime() {
        running.values().forEach(load -> load.cancellation().outOfTime());
    }
}
