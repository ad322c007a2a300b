package dev.tarn.usage;

import dev.tarn.platform.Repeating;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Forgets what was used so long ago that nobody asks any more, a little at a time, so that other writers get their turn. */
final class UsageUpkeep implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int AT_ONCE = 2_000;

    private final Database database;
    private final UsageStore store;
    private final UsageSettings settings;
    private final Clock clock;
    private final Repeating work;

    UsageUpkeep(Database database, UsageStore store, UsageSettings settings, Clock clock) {
        this.database = database;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.work = Repeating.start("tarn-usage-upkeep", PAUSE, this::forget);
    }

    void forget() {
        Instant before = clock.instant().minus(settings.keep());
        int forgotten;
        do {
            forgotten = database.inTransaction(() -> store.forget(before, AT_ONCE));
        } while (forgotten == AT_ONCE);
    }

    @Override
    public void close() {
        work.close();
    }
}
