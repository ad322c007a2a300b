package dev.tarn.jobs;

import dev.tarn.access.JobOwner;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Jobs that begin by the clock, as their owner and with the owner's rights at each time.
 *
 * @param kind of the jobs
 * @param subject the thing that they are about, an id of the kind's own
 * @param payload JSON of the kind's own
 * @param paused whether its times pass without a job
 * @param next the next time; empty when none comes
 */
public record Schedule(
        UUID id,
        String kind,
        UUID subject,
        JobOwner owner,
        String payload,
        Timing timing,
        boolean paused,
        Optional<Timing.Fire> next,
        Instant createdAt) {

    /**
     * A schedule that is wanted.
     *
     * @param kind of a {@link JobHandler}
     */
    public record Wanted(String kind, UUID subject, String payload, Timing timing) {}
}
