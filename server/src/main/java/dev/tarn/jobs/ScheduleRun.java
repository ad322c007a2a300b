package dev.tarn.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A time at which a schedule began a job, or did not.
 *
 * @param local the time on the zone's clock
 * @param at when that was
 * @param begunAt when a server began it, or found that it could not
 * @param manual whether somebody asked for it
 * @param jobId the job; empty when none began
 * @param state of the job; {@value #SKIPPED} when the run before it was not over
 * @param failure why it failed or was skipped
 */
public record ScheduleRun(
        UUID scheduleId,
        String local,
        Instant at,
        Instant begunAt,
        boolean manual,
        Optional<UUID> jobId,
        String state,
        Optional<Job.Failure> failure,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {
    public static final String SKIPPED = "skipped";

    private static final Duration LATE = Duration.ofMinutes(1);

    /** Whether its time passed while no server ran. */
    public boolean late() {
        return begunAt.isAfter(at.plus(LATE));
    }
}
