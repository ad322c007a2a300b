package dev.tarn.jobs;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.JobOwner;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * Work that goes on without its caller. A job that was accepted survives every server; it runs as its owner, whose rights are
 * looked up anew whenever they are needed.
 */
public final class Jobs implements AutoCloseable {
    private final Access access;
    private final Database database;
    private final JobStore store;
    private final JobSettings settings;
    private final Clock clock;
    private volatile @Nullable Here here;

    Jobs(Access access, Database database, JobStore store, JobSettings settings, Clock clock) {
        this.access = access;
        this.database = database;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    private record Here(RunningJobs running, Runnable wake, Runnable close) {}

    /**
     * From now on jobs of these kinds run here, those that dead servers left first.
     *
     * @param holder this server, and no other process ever
     */
    void start(List<JobHandler> handlers, Readiness readiness, String holder) {
        RunningJobs running = new RunningJobs(database, store, settings, readiness, clock, holder, handlers);
        readiness.whenOutOfTime(running::outOfTime);
        running.recover(database.kind());
        JobDispatcher dispatcher = new JobDispatcher(running, settings);
        runHere(running, dispatcher::wake, dispatcher::close);
    }

    /** Jobs run here, whenever {@code running} is told to. */
    void runHere(RunningJobs running, Runnable wake, Runnable close) {
        here = new Here(running, wake, close);
    }

    /**
     * Accepts a job.
     *
     * @param together what becomes true in the same transaction
     * @throws TarnException {@code OVERLOADED} when too many of the caller's jobs wait, or of all; {@code CONFLICT} when another job
     *     works on its subject; then nothing has become true
     */
    public Job add(Caller caller, NewJob wanted, Runnable together) {
        access.requireSomebody(caller);
        JobOwner owner = access.jobOwner(caller);
        Job job = database.inTransaction(() -> {
            requireRoom(owner);
            Job added = insertAlone(owner, wanted);
            together.run();
            return added;
        });
        wake();
        return job;
    }

    private Job insertAlone(JobOwner owner, NewJob wanted) {
        try {
            return insert(owner, wanted);
        } catch (DuplicateKeyException e) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "Another %s of the same is under way; wait for its end".formatted(wanted.kind()),
                    e);
        }
    }

    /**
     * Fails when no more jobs may wait. Two at the same moment may both be the last one; a queue that is longer by one harms
     * nobody.
     */
    void requireRoom(JobOwner owner) {
        requireRoom(store.queued(owner.tenantId(), owner.userId()), settings.queuePerUser(), " of yours");
        requireRoom(store.queued(), settings.queue(), "");
    }

    /** Adds a job, in the caller's transaction. */
    Job insert(JobOwner owner, NewJob wanted) {
        Instant now = clock.instant();
        Job job = new Job(
                wanted.id(),
                wanted.kind(),
                owner,
                wanted.payload(),
                wanted.subject(),
                Job.State.QUEUED,
                0,
                Optional.empty(),
                0,
                false,
                OptionalDouble.empty(),
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        store.insert(job);
        return job;
    }

    /** There is a job that could run. */
    void wake() {
        here().wake().run();
    }

    private static void requireRoom(int waiting, int most, String whose) {
        if (waiting >= most) {
            throw new TarnException(
                    ErrorCode.OVERLOADED,
                    "%d jobs%s are waiting already; try again when some are done".formatted(most, whose));
        }
    }

    /** A job of the caller's own; for a key with limits: one that it asked for itself. */
    public Optional<Job> find(Caller caller, String kind, UUID id) {
        access.require(caller, Verb.DESCRIBE, new Resource(Resource.Kind.JOB, id.toString()));
        return store.find(new JobKey(caller.tenantId(), id))
                .filter(job -> job.kind().equals(kind) && access.owns(caller, job.owner()));
    }

    /** The caller's own of a kind, newest first; of a key with limits: those that it asked for itself. */
    public List<Job> list(Caller caller, String kind, int limit) {
        access.requireSomebody(caller);
        return store.list(caller.tenantId(), caller.userId(), kind, limit).stream()
                .filter(job -> access.owns(caller, job.owner()))
                .toList();
    }

    /**
     * A job of the tenant's.
     *
     * @param visible whether the caller may know of it, by what it works on
     */
    public Optional<Job> find(Caller caller, String kind, UUID id, Predicate<Job> visible) {
        access.requireSomebody(caller);
        return store.find(new JobKey(caller.tenantId(), id))
                .filter(job -> job.kind().equals(kind))
                .filter(visible);
    }

    /** All of the tenant's that work on a subject, newest first; whoever asks for the caller has let it in to that. */
    public List<Job> about(Caller caller, String kind, String subject, int limit) {
        access.requireSomebody(caller);
        return store.about(caller.tenantId(), kind, subject, limit);
    }

    /**
     * Wants a job of the caller's own to end. One that waits has ended when this returns, one that runs does soon, and of one that
     * is over nothing changes.
     *
     * @return the job as it is then; empty when there is none of the caller's
     */
    public Optional<Job> cancel(Caller caller, String kind, UUID id) {
        access.require(caller, Verb.DESCRIBE, new Resource(Resource.Kind.JOB, id.toString()));
        return find(caller, kind, id).flatMap(this::ended);
    }

    /** The same of a job of the tenant's that the caller may end, by what it works on. */
    public Optional<Job> cancel(Caller caller, String kind, UUID id, Predicate<Job> mayEnd) {
        access.requireSomebody(caller);
        return find(caller, kind, id, mayEnd).flatMap(this::ended);
    }

    private Optional<Job> ended(Job job) {
        if (!job.state().isOver()) {
            cancel(job);
        }
        return store.find(job.key());
    }

    private void cancel(Job job) {
        RunningJobs running = here().running();
        Instant now = clock.instant();
        Job.Failure why = new Job.Failure(
                ErrorCode.STATEMENT_CANCELLED.code(), "The %s was cancelled before it began".formatted(job.kind()));
        if (!store.cancelQueued(job.key(), why, now, now.plus(running.kept(job.kind())))
                && store.askToCancel(job.key())) {
            running.cancel(job.key());
        }
    }

    private Here here() {
        Here server = here;
        if (server == null) {
            throw new IllegalStateException("Jobs are not started yet");
        }
        return server;
    }

    @Override
    public void close() {
        Optional.ofNullable(here).ifPresent(server -> server.close().run());
    }
}
