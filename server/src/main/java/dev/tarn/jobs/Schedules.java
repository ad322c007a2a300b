package dev.tarn.jobs;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.JobOwner;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.Repeating;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs that begin by the clock: each schedule is its owner's, and nobody finds another's. */
public final class Schedules implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int MOST_OF_A_USER = 1_000;

    private final Access access;
    private final Audit audit;
    private final Database database;
    private final ScheduleStore store;
    private final Ids ids;
    private final Clock clock;
    private volatile @Nullable ScheduleFiring firing;
    private volatile @Nullable Repeating looks;

    Schedules(Access access, Audit audit, Database database, ScheduleStore store, Ids ids, Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /** From now on this server begins what is due, while it takes work. */
    void start(ScheduleFiring here, Readiness readiness) {
        fireHere(here);
        looks = Repeating.start("tarn-schedules", LOOK, () -> {
            if (readiness.state() == Readiness.State.READY) {
                here.fire();
            }
        });
    }

    /** Jobs begin here, whenever {@code here} is told to look. */
    void fireHere(ScheduleFiring here) {
        firing = here;
    }

    /**
     * Makes a schedule, whose jobs run as the caller.
     *
     * @throws TarnException {@code INVALID_REQUEST} when the caller has too many
     */
    public Schedule create(Caller caller, Schedule.Wanted wanted) {
        access.requireSomebody(caller);
        JobOwner owner = access.jobOwner(caller);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Schedule schedule = new Schedule(
                ids.next(),
                wanted.kind(),
                wanted.subject(),
                owner,
                wanted.payload(),
                wanted.timing(),
                false,
                wanted.timing().after(now),
                now);
        database.inTransaction(() -> {
            if (store.count(owner.tenantId(), owner.userId()) >= MOST_OF_A_USER) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "You have %d schedules, which are the most; delete one".formatted(MOST_OF_A_USER));
            }
            store.insert(schedule);
            record(caller, Verb.CREATE, schedule, "create");
        });
        return schedule;
    }

    private void record(Caller caller, Verb verb, Schedule schedule, String what) {
        audit.record(
                caller,
                verb,
                job(schedule.id()),
                Audit.Outcome.DONE,
                Map.of(
                        "schedule", what,
                        "kind", schedule.kind(),
                        "subject", schedule.subject().toString(),
                        "cron", schedule.timing().cron(),
                        "zone", schedule.timing().zone().getId()));
    }

    private static Resource job(UUID id) {
        return new Resource(Resource.Kind.JOB, id.toString());
    }

    /** The caller's own of a kind, newest first; those about one thing, or all. */
    public List<Schedule> list(Caller caller, String kind, Optional<UUID> subject) {
        access.require(caller, Verb.DESCRIBE, new Resource(Resource.Kind.JOB, Resource.ALL));
        return store.list(caller.tenantId(), caller.userId(), kind, subject).stream()
                .filter(schedule -> access.owns(caller, schedule.owner()))
                .toList();
    }

    /**
     * One of the caller's own.
     *
     * @throws TarnException {@code NOT_FOUND}
     */
    public Schedule find(Caller caller, String kind, UUID id) {
        access.require(caller, Verb.DESCRIBE, job(id));
        return store.find(caller.tenantId(), id)
                .filter(schedule -> schedule.kind().equals(kind) && access.owns(caller, schedule.owner()))
                .orElseThrow(() -> new TarnException(
                        ErrorCode.NOT_FOUND, "There is no schedule %s of yours; list them".formatted(id)));
    }

    /** Lets its times pass without a job until it is resumed; a job that runs goes on. */
    public Schedule pause(Caller caller, String kind, UUID id) {
        access.requireSomebody(caller);
        Schedule schedule = find(caller, kind, id);
        database.inTransaction(() -> {
            if (store.pause(caller.tenantId(), id)) {
                record(caller, Verb.ALTER, schedule, "pause");
            }
        });
        return find(caller, kind, id);
    }

    /** Lets a paused one begin jobs again, from its next time on. */
    public Schedule resume(Caller caller, String kind, UUID id) {
        access.requireSomebody(caller);
        Schedule schedule = find(caller, kind, id);
        database.inTransaction(() -> {
            if (store.resume(caller.tenantId(), id, schedule.timing().after(clock.instant()))) {
                record(caller, Verb.ALTER, schedule, "resume");
            }
        });
        return find(caller, kind, id);
    }

    /**
     * Begins one job now, also of one that is paused.
     *
     * @throws TarnException {@code CONFLICT} when a job of it is not over
     */
    public ScheduleRun runNow(Caller caller, String kind, UUID id) {
        access.requireSomebody(caller);
        Schedule schedule = find(caller, kind, id);
        ScheduleFiring here = firing;
        if (here == null) {
            throw new IllegalStateException("Schedules are not started yet");
        }
        ScheduleRun run = here.fireNow(schedule);
        audit.recordSoon(
                caller, Verb.ALTER.text(), job(id), Audit.Outcome.DONE, Map.of("schedule", "run", "kind", kind));
        return run;
    }

    /** Removes it; a job that runs goes on. */
    public void delete(Caller caller, String kind, UUID id) {
        access.requireSomebody(caller);
        Schedule schedule = find(caller, kind, id);
        database.inTransaction(() -> {
            if (store.delete(caller.tenantId(), id)) {
                record(caller, Verb.DROP, schedule, "delete");
            }
        });
    }

    /** Removes all that are about a thing, whosever they are, in the transaction that removes the thing. */
    public void deleteAbout(Caller caller, String kind, UUID subject) {
        access.requireSomebody(caller);
        store.deleteAbout(caller.tenantId(), kind, subject);
    }

    /** What became of its times, newest first. */
    public Page<ScheduleRun> runs(Caller caller, String kind, UUID id, PageRequest page) {
        access.requireSomebody(caller);
        Schedule schedule = find(caller, kind, id);
        List<ScheduleRun> found =
                store.runs(caller.tenantId(), schedule.id(), page.cursor().map(Schedules::place), page.limit() + 1);
        return Page.of(found, page.limit(), last -> Database.micros(last.at()) + ":" + last.local());
    }

    private static ScheduleStore.Place place(String cursor) {
        int colon = cursor.indexOf(':');
        try {
            return new ScheduleStore.Place(
                    Database.instant(Long.parseLong(cursor.substring(0, Math.max(0, colon)))),
                    cursor.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw PageRequest.unknownCursor(e);
        }
    }

    @Override
    public void close() {
        Optional.ofNullable(looks).ifPresent(Repeating::close);
    }
}
