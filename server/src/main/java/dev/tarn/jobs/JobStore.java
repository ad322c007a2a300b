package dev.tarn.jobs;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/** The rows of jobs. What changes a running one names the fence that it was taken with, and does nothing after another took it. */
interface JobStore {
    /**
     * Adds a queued job.
     *
     * @throws org.springframework.dao.DuplicateKeyException when another works on its subject
     */
    void insert(Job job);

    Optional<Job> find(JobKey key);

    /** A user's of a kind, newest first. */
    List<Job> list(UUID tenantId, UUID userId, String kind, int limit);

    /** Those of a kind that work on a subject, newest first. */
    List<Job> about(UUID tenantId, String kind, String subject, int limit);

    /** How many wait, of all users. */
    int queued();

    /** How many of a user's wait. */
    int queued(UUID tenantId, UUID userId);

    /**
     * Those that could run now, first the ones of the user whose last turn is longest ago.
     *
     * @param but users whose jobs are left out
     */
    List<Job> next(Collection<String> kinds, Collection<UUID> but, Instant now, int limit);

    /** Takes a queued job, when it still is as it was read; the job as it runs from then on. */
    Optional<Job> take(Job queued, String owner, Instant now, Instant leaseUntil);

    /** Extends the lease and writes down how far the job is; says whether it is to end, or empty when another has it. */
    Optional<Boolean> beat(Job running, Instant now, Instant leaseUntil, OptionalDouble fraction);

    /** Writes down what it has found so far, unless another has it. */
    boolean note(Job running, String result);

    /** Unless somebody has asked for its end, or another has it. */
    boolean complete(Job running, String result, Instant now, Instant expires);

    /** It ends without a result, unless another has it. */
    boolean end(Job running, Job.State state, Job.Failure why, Instant now, Instant expires);

    /** It waits again, unless another has it. */
    boolean again(Job running, Job.Failure why, Instant due);

    /** Running jobs whose holder was silent for too long. */
    List<Job> silent(Collection<String> kinds, Instant now, int limit);

    /** Running jobs of all holders but one. */
    List<Job> heldByOthers(Collection<String> kinds, String owner, int limit);

    /** Takes a running job from its holder, when nobody else has; the job as the taker holds it. */
    Optional<Job> takeOver(Job running, String owner, Instant now, Instant leaseUntil);

    /** Ends a job that does not run yet. */
    boolean cancelQueued(JobKey key, Job.Failure why, Instant now, Instant expires);

    /** Leaves a wish with a running job. */
    boolean askToCancel(JobKey key);

    /** Jobs that are over and have been kept long enough. */
    List<Job> expired(Collection<String> kinds, Instant now, int limit);

    /** Forgets a job that is over; a schedule's run remembers how it ended. */
    boolean remove(JobKey key);
}
