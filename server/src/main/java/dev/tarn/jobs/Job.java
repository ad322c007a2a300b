package dev.tarn.jobs;

import dev.tarn.access.JobOwner;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * A piece of work that goes on without its caller.
 *
 * @param kind which {@link JobHandler} does it
 * @param owner as whom it runs
 * @param payload JSON of the kind's own
 * @param subject what it works on, when of such jobs one alone may wait or run
 * @param fence how often it was taken by a server: the token of the newest holder
 * @param leaseUntil while it runs: when its holder has been silent for too long
 * @param attempts how often it has begun to run
 * @param cancelRequested whether somebody wants it to end
 * @param fraction how far it is, 0 to 1
 * @param dueAt it does not run before
 * @param startedAt when it began to run the last time
 * @param expiresAt when it is forgotten; set once it is over
 * @param result JSON of the kind's own: what it has noted so far, or, when it has completed, what came of it
 * @param failure why it failed, or why it last did and is to run again
 */
public record Job(
        UUID id,
        String kind,
        JobOwner owner,
        String payload,
        Optional<String> subject,
        State state,
        long fence,
        Optional<Instant> leaseUntil,
        int attempts,
        boolean cancelRequested,
        OptionalDouble fraction,
        Instant createdAt,
        Instant dueAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Instant> expiresAt,
        Optional<String> result,
        Optional<Failure> failure) {

    /** Where a job stands. */
    public enum State {
        QUEUED,
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED;

        /** The state as it is stored and shown. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Whether nothing more happens. */
        public boolean isOver() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /**
     * What went wrong, for people.
     *
     * @param code of an {@link dev.tarn.platform.ErrorCode}
     */
    public record Failure(String code, String detail) {}

    JobKey key() {
        return new JobKey(owner.tenantId(), id);
    }
}
