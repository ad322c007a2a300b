package dev.tarn.jobs;

import dev.tarn.access.Caller;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/** One run of a job, on the server that holds its lease. */
public final class JobRun {
    private final Job job;
    private final Database database;
    private final JobStore store;
    private final Clock clock;
    private final Duration kept;
    private final Cancellation cancellation;
    private volatile OptionalDouble fraction = OptionalDouble.empty();

    JobRun(Job job, Database database, JobStore store, Clock clock, Duration kept) {
        this.job = job;
        this.database = database;
        this.store = store;
        this.clock = clock;
        this.kept = kept;
        this.cancellation = new Cancellation(job.kind());
    }

    public Job job() {
        return job;
    }

    /** The owner, with the rights of the moment at which they are asked for. */
    public Caller caller() {
        return job.owner().as(job.id());
    }

    /** Asked when somebody wants the job to end, when its lease is lost, and when the server has no more time. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** Says how far it is, 0 to 1; written down with the next heartbeat. */
    public void progress(double reached) {
        fraction = OptionalDouble.of(Math.clamp(reached, 0, 1));
    }

    OptionalDouble fraction() {
        return fraction;
    }

    /**
     * Writes down what the job has found so far: for who asks for it, and for the server that takes it up again.
     *
     * @param result JSON of the kind's own
     * @throws TarnException {@code CONFLICT} when another server has it by now
     */
    public void note(String result) {
        if (!store.note(job, result)) {
            throw overtaken();
        }
    }

    /**
     * Completes the job.
     *
     * @param result JSON of the kind's own
     * @param together what becomes true in the same transaction
     * @throws TarnException {@code STATEMENT_CANCELLED} when somebody has asked for its end, {@code CONFLICT} when another server
     *     has it by now; then nothing has become true
     */
    public void complete(String result, Runnable together) {
        Instant now = clock.instant();
        database.inTransaction(() -> {
            if (!store.complete(job, result, now, now.plus(kept))) {
                throw refused();
            }
            together.run();
        });
    }

    private TarnException refused() {
        boolean ours = store.find(job.key())
                .filter(now -> now.state() == Job.State.RUNNING && now.fence() == job.fence())
                .isPresent();
        if (ours) {
            cancellation.request();
            return cancellation.failure();
        }
        return overtaken();
    }

    private TarnException overtaken() {
        return new TarnException(
                ErrorCode.CONFLICT,
                "This server was silent for too long, and the %s %s is no longer its own"
                        .formatted(job.kind(), job.id()));
    }
}
