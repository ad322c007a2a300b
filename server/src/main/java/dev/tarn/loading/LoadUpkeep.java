package dev.tarn.loading;

import dev.tarn.platform.Repeating;
import dev.tarn.storage.WriteIntent;
import java.time.Duration;
import java.time.Instant;

/** What has to be done again and again: leases once a second, and what is kept no longer once a minute. */
final class LoadUpkeep implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final int BATCH = 100;

    private final Repeating beats;
    private final Repeating sweeps;

    LoadUpkeep(LoadingParts parts, RunningLoads running) {
        this.beats = Repeating.start("tarn-loads", BEAT, running::beat);
        this.sweeps = Repeating.start("tarn-load-upkeep", SWEEP, () -> sweep(parts));
    }

    /** Ends loads of silent servers, and removes what has been kept long enough. */
    static void sweep(LoadingParts parts) {
        Instant now = parts.now();
        parts.loads().endSilent(now);
        parts.uploads()
                .expired(now, BATCH)
                .forEach(upload -> Uploads.remove(parts, upload.tenantId(), upload.id(), now, () -> {}));
        parts.loads().expiredRejects(now, BATCH).forEach(load -> {
            WriteIntent discarded = parts.database().inTransaction(() -> {
                parts.loads().forgetRejects(load);
                return parts.blobs().discard(load.tenantId(), load.rejectsFolder());
            });
            parts.blobs().clean(discarded);
        });
        parts.loads().removeEndedBefore(now.minus(parts.settings().history()));
    }

    @Override
    public void close() {
        beats.close();
        sweeps.close();
    }
}
