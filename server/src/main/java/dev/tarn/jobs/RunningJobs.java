package dev.tarn.jobs;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseAway;
import dev.tarn.platform.database.DatabaseKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that this server runs. It takes one by a change of its row that only one server can make, which raises the row's
 * fence; every later change names that fence. Once a second each row is told how far the job is, its lease is extended, and a wish
 * to cancel it is heard. A job whose lease has ended is taken from its server: it runs again when its kind allows, else it has
 * failed. So a job that was accepted ends, and is done by one holder at most.
 *
 * <p>The next job is one of the user whose last turn is longest ago: many jobs of one user delay another's by one turn.
 */
final class RunningJobs {
    private static final Logger LOG = LoggerFactory.getLogger(RunningJobs.class);
    private static final int CANDIDATES = 8;
    private static final int BATCH = 100;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Database database;
    private final JobStore store;
    private final JobSettings settings;
    private final Readiness readiness;
    private final Clock clock;
    private final String holder;
    private final Map<String, JobHandler> handlers;
    private final Map<JobKey, JobRun> running = new ConcurrentHashMap<>();

    /** Ends that the database did not take; they are written as soon as it does. */
    private final Queue<Runnable> unsettled = new ConcurrentLinkedQueue<>();

    /** @param holder this server, and no other process ever */
    RunningJobs(
            Database database,
            JobStore store,
            JobSettings settings,
            Readiness readiness,
            Clock clock,
            String holder,
            List<JobHandler> handlers) {
        this.database = database;
        this.store = store;
        this.settings = settings;
        this.readiness = readiness;
        this.clock = clock;
        this.holder = holder;
        this.handlers = handlers.stream().collect(Collectors.toMap(JobHandler::kind, Function.identity()));
    }

    /** Takes the next job when there is room for it; whoever gets it must {@link #run} it. */
    synchronized Optional<JobRun> take() {
        if (running.size() >= settings.atOnce() || readiness.state() != Readiness.State.READY || !readiness.enter()) {
            return Optional.empty();
        }
        Optional<JobRun> taken = Optional.empty();
        try {
            taken = takeOne();
            return taken;
        } finally {
            if (taken.isEmpty()) {
                readiness.leave();
            }
        }
    }

    private Optional<JobRun> takeOne() {
        Instant now = clock.instant();
        for (Job candidate : store.next(handlers.keySet(), now, CANDIDATES)) {
            Optional<JobRun> taken = store.take(candidate, holder, now, leaseUntil(now))
                    .map(job ->
                            new JobRun(job, database, store, clock, handler(job).kept()));
            if (taken.isPresent()) {
                running.put(candidate.key(), taken.get());
                return taken;
            }
        }
        return Optional.empty();
    }

    private JobHandler handler(Job job) {
        JobHandler handler = handlers.get(job.kind());
        if (handler == null) {
            throw new IllegalStateException("No handler does jobs of the kind " + job.kind());
        }
        return handler;
    }

    private Instant leaseUntil(Instant now) {
        return now.plus(settings.lease());
    }

    /** Does a job that was taken, and writes down how it ended. */
    void run(JobRun run) {
        Job job = run.job();
        try {
            handler(job).run(run);
            // A handler that completed it has left nothing to change here.
            settle(run, new TarnException(ErrorCode.INTERNAL, "The %s ended without a result".formatted(job.kind())));
        } catch (TarnException e) {
            settle(run, e);
        } catch (RuntimeException | Error e) {
            LOG.error("The {} {} failed", job.kind(), job.id(), e);
            settle(run, failure(job, e));
        } finally {
            running.remove(job.key());
            readiness.leave();
        }
    }

    private static TarnException failure(Job job, Throwable cause) {
        return DatabaseAway.caused(cause)
                ? new TarnException(
                        ErrorCode.DATABASE_UNAVAILABLE,
                        "The database did not answer while the %s ran; send it again".formatted(job.kind()),
                        cause)
                : new TarnException(ErrorCode.INTERNAL, "The server failed at this " + job.kind(), cause);
    }

    private void settle(JobRun run, TarnException failure) {
        Runnable ending = () -> end(run.job(), failure.code(), failure.message());
        try {
            ending.run();
        } catch (RuntimeException e) {
            LOG.warn("How {} ended cannot be written down yet", run.job().id(), e);
            unsettled.add(ending);
        }
    }

    /** Of a job that is over already, or another's by now, nothing changes. */
    private void end(Job job, ErrorCode code, String detail) {
        Instant now = clock.instant();
        Instant expires = now.plus(handler(job).kept());
        Job.Failure failure = new Job.Failure(code.code(), detail);
        if (code == ErrorCode.STATEMENT_CANCELLED) {
            store.end(job, Job.State.CANCELLED, failure, now, expires);
        } else if (code.retryable() && job.attempts() < handler(job).attempts()) {
            store.again(job, failure, now.plus(pause(job.attempts())));
        } else {
            store.end(job, Job.State.FAILED, failure, now, expires);
        }
    }

    /** Twice as long each time. */
    private static Duration pause(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Says that this server lives, hears wishes, and takes jobs from servers that do not. */
    void beat() {
        Instant now = clock.instant();
        running.forEach((key, run) -> {
            boolean goesOn = store.beat(run.job(), now, leaseUntil(now), run.fraction())
                    .map(cancel -> !cancel)
                    .orElse(!running.containsKey(key)); // one that has just ended is nobody's any more
            if (!goesOn) {
                run.cancellation().request();
            }
        });
        settleWhatIsLeft();
        store.silent(handlers.keySet(), now, BATCH).forEach(this::takeFromTheDead);
    }

    private void settleWhatIsLeft() {
        for (int left = unsettled.size(); left > 0; left--) {
            Runnable ending = unsettled.remove();
            try {
                ending.run();
            } catch (RuntimeException e) {
                LOG.warn("How a job ended cannot be written down yet", e);
                unsettled.add(ending);
            }
        }
    }

    /** Takes what servers that live no more held; a home folder with SQLite has one server, so all others are dead. */
    void recover(DatabaseKind kind) {
        List<Job> left = switch (kind) {
            case SQLITE -> store.heldByOthers(handlers.keySet(), holder, Integer.MAX_VALUE);
            case POSTGRESQL -> store.silent(handlers.keySet(), clock.instant(), BATCH);
        };
        left.forEach(this::takeFromTheDead);
    }

    private void takeFromTheDead(Job lost) {
        Instant now = clock.instant();
        store.takeOver(lost, holder, now, leaseUntil(now)).ifPresent(job -> {
            LOG.warn("The server that ran the {} {} is silent", job.kind(), job.id());
            if (job.cancelRequested()) {
                end(job, ErrorCode.STATEMENT_CANCELLED, "The %s was cancelled".formatted(job.kind()));
            } else {
                end(
                        job,
                        ErrorCode.STOPPING,
                        "The server stopped while the %s ran, and nothing of it was kept; send it again"
                                .formatted(job.kind()));
            }
        });
    }

    /** Forgets what has been kept long enough. */
    void forgetExpired() {
        for (Job job : store.expired(handlers.keySet(), clock.instant(), BATCH)) {
            Optional<Runnable> after = database.inTransaction(
                    () -> store.remove(job.key()) ? Optional.of(handler(job).forget(job)) : Optional.<Runnable>empty());
            after.ifPresent(Runnable::run);
        }
    }

    /** How long jobs of that kind stay known after they are over. */
    Duration kept(String kind) {
        return Optional.ofNullable(handlers.get(kind)).map(JobHandler::kept).orElse(Duration.ZERO);
    }

    /** Asks a job of this server to end, at once. */
    void cancel(JobKey key) {
        Optional.ofNullable(running.get(key))
                .ifPresent(run -> run.cancellation().request());
    }

    /** Ends what still runs when the server stops. */
    void outOfTime() {
        running.values().forEach(run -> run.cancellation().outOfTime());
    }
}
