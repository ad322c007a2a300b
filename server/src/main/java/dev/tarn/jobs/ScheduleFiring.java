package dev.tarn.jobs;

import dev.tarn.access.JobOwner;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the jobs of schedules whose time has come. One transaction gives the schedule its next time, notes the run and adds the
 * job, and only one server's can: so each time begins one job, and none is forgotten. A time that passed while no server ran begins
 * one job late, however many passed.
 */
final class ScheduleFiring {
    /** How many runs of a schedule are remembered. */
    static final int KEPT_RUNS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleFiring.class);
    private static final int BATCH = 100;

    private final Database database;
    private final ScheduleStore store;
    private final Jobs jobs;
    private final Map<String, JobHandler> handlers;
    private final Ids ids;
    private final Clock clock;

    ScheduleFiring(Database database, ScheduleStore store, Jobs jobs, List<JobHandler> handlers, Ids ids, Clock clock) {
        this.database = database;
        this.store = store;
        this.jobs = jobs;
        this.handlers = handlers.stream().collect(Collectors.toMap(JobHandler::kind, Function.identity()));
        this.ids = ids;
        this.clock = clock;
    }

    /** Begins what is due. */
    void fire() {
        for (Schedule due : store.due(clock.instant(), BATCH)) {
            // A kind that this server does not know is left to one that does.
            if (handlers.containsKey(due.kind())) {
                try {
                    fire(due);
                } catch (RuntimeException e) {
                    LOG.warn("The schedule {} could not begin its job; it is tried again", due.id(), e);
                }
            }
        }
    }

    private void fire(Schedule due) {
        Timing.Fire fire = due.next().orElseThrow();
        Instant now = now();
        Wanted wanted = wanted(due);
        boolean begun = database.inTransaction(() -> {
            if (!store.advance(due, due.timing().after(now.isAfter(fire.at()) ? now : fire.at()))) {
                return false;
            }
            begin(due, wanted, fire.local().toString(), fire.at(), now, false);
            return true;
        });
        if (begun) {
            jobs.wake();
        }
    }

    /** To the microsecond, as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Begins a job of the schedule now, beside its times.
     *
     * @throws TarnException {@code CONFLICT} when one of its jobs is not over, and what keeps a job from beginning
     */
    ScheduleRun fireNow(Schedule schedule) {
        Instant now = now();
        Wanted wanted = wanted(schedule);
        if (wanted.refusal().isPresent()) {
            throw wanted.refusal().get();
        }
        ScheduleRun run = database.inTransaction(() -> {
            if (store.isRunning(schedule.owner().tenantId(), schedule.id())) {
                throw new TarnException(
                        ErrorCode.CONFLICT, "A run of this schedule is not over; cancel it, or try again when it is");
            }
            String local =
                    now.atZone(schedule.timing().zone()).toLocalDateTime().toString();
            return begin(schedule, wanted, local, now, now, true);
        });
        jobs.wake();
        return run;
    }

    /** A job that is to begin, or why it cannot. */
    private record Wanted(NewJob job, Optional<TarnException> refusal) {}

    private Wanted wanted(Schedule schedule) {
        UUID id = ids.next();
        JobHandler handler = handlers.get(schedule.kind());
        if (handler == null) {
            throw new IllegalStateException("No handler does jobs of the kind " + schedule.kind());
        }
        try {
            jobs.requireRoom(schedule.owner());
            String payload = handler.payload(schedule, schedule.owner().as(id));
            return new Wanted(new NewJob(id, schedule.kind(), payload), Optional.empty());
        } catch (TarnException e) {
            return new Wanted(new NewJob(id, schedule.kind(), ""), Optional.of(e));
        }
    }

    private ScheduleRun begin(Schedule schedule, Wanted wanted, String local, Instant at, Instant now, boolean manual) {
        JobOwner owner = schedule.owner();
        Optional<Job.Failure> overlap = store.isRunning(owner.tenantId(), schedule.id())
                ? Optional.of(new Job.Failure(
                        ErrorCode.CONFLICT.code(), "The run before this one was not over, so this one was left out"))
                : Optional.empty();
        Optional<Job.Failure> failure = overlap.or(
                () -> wanted.refusal().map(why -> new Job.Failure(why.code().code(), why.message())));
        if (failure.isEmpty()) {
            jobs.insert(owner, wanted.job());
        }
        String notBegun = overlap.isPresent() ? ScheduleRun.SKIPPED : Job.State.FAILED.text();
        ScheduleRun run = new ScheduleRun(
                schedule.id(),
                local,
                at,
                now,
                manual,
                failure.isEmpty() ? Optional.of(wanted.job().id()) : Optional.empty(),
                failure.isEmpty() ? Job.State.QUEUED.text() : notBegun,
                failure,
                Optional.empty(),
                Optional.empty());
        store.insertRun(owner.tenantId(), run, KEPT_RUNS);
        return run;
    }
}
