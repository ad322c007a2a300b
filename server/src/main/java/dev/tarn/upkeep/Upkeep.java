package dev.tarn.upkeep;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.Audit.Outcome;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableInspection;
import dev.tarn.catalog.TableName;
import dev.tarn.jobs.Job;
import dev.tarn.jobs.Jobs;
import dev.tarn.jobs.NewJob;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is done for tables. Each task is a job, and of those for one table one alone waits or runs, on whatever server; whoever sees
 * the table sees what is done for it.
 */
public final class Upkeep {
    private static final int MOST_LISTED = 100;
    private static final long FIRST_LOOK_MS = 10;
    private static final long LONGEST_LOOK_MS = 500;

    private final Access access;
    private final Audit audit;
    private final TableInspection tables;
    private final UpkeepOperations operations;
    private final Jobs jobs;
    private final Ids ids;

    Upkeep(Access access, Audit audit, TableInspection tables, UpkeepOperations operations, Jobs jobs, Ids ids) {
        this.access = access;
        this.audit = audit;
        this.tables = tables;
        this.operations = operations;
        this.jobs = jobs;
        this.ids = ids;
    }

    /**
     * Accepts a task.
     *
     * @throws TarnException {@code INVALID_REQUEST} for what cannot be done, {@code CONFLICT} while something else is done for the table,
     *     {@code FORBIDDEN} for who does not look after it
     */
    public UpkeepJob submit(Caller caller, TableName name, UpkeepTask task) {
        access.requireSomebody(caller);
        return submit(caller, tables.manage(caller, name), task, Optional.empty());
    }

    /** @param why the server does it by itself */
    UpkeepJob submit(Caller caller, ReadableTable table, UpkeepTask task, Optional<String> why) {
        operations.check(caller, table, task);
        UUID id = ids.next();
        String uuid = table.table().uuid().toString();
        UpkeepPayload payload = new UpkeepPayload(table.name().text(), uuid, task, why);
        try {
            return UpkeepJob.of(jobs.add(
                    caller,
                    new NewJob(id, UpkeepHandler.KIND, payload.json(), Optional.of(uuid)),
                    () -> record(caller, table.name(), id, task)));
        } catch (TarnException e) {
            throw e.code() == ErrorCode.CONFLICT ? underWay(caller, table, e) : e;
        }
    }

    private void record(Caller caller, TableName table, UUID id, UpkeepTask task) {
        audit.record(
                caller,
                Verb.MANAGE,
                Resource.table(table.text()),
                Outcome.DONE,
                Map.of("what", task.operation(), "job", id.toString()));
    }

    private TarnException underWay(Caller caller, ReadableTable table, TarnException cause) {
        String other = about(caller, table, MOST_LISTED).stream()
                .filter(job -> !job.state().isOver())
                .map(job -> ": %s, job %s".formatted(job.task().operation(), job.id()))
                .findFirst()
                .orElse("");
        return new TarnException(
                ErrorCode.CONFLICT,
                "Something else is done for %s at this moment%s; wait for its end, or cancel it"
                        .formatted(table.name().text(), other),
                cause);
    }

    /**
     * Accepts a task and waits for its end; it goes on when nobody waits any more.
     *
     * @throws TarnException also what it failed of
     */
    public UpkeepJob run(Caller caller, TableName name, UpkeepTask task) {
        access.requireSomebody(caller);
        UpkeepJob job = submit(caller, name, task);
        for (long pause = FIRST_LOOK_MS; !job.state().isOver(); pause = Math.min(2 * pause, LONGEST_LOOK_MS)) {
            rest(pause);
            UUID id = job.id();
            job = jobs.find(caller, UpkeepHandler.KIND, id, any -> true)
                    .map(UpkeepJob::of)
                    .orElseThrow(() -> unknown(id));
        }
        Optional<TarnException> refusal = job.refusal();
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        return job;
    }

    private static void rest(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TarnException(
                    ErrorCode.STOPPING,
                    "The server stops, and the job goes on when it is back; ask for the job then",
                    e);
        }
    }

    /** What is, was or will be done for a table, newest first, as long as it is kept. */
    public List<UpkeepJob> about(Caller caller, TableName name) {
        access.requireSomebody(caller);
        return about(caller, tables.describe(caller, name), MOST_LISTED);
    }

    private List<UpkeepJob> about(Caller caller, ReadableTable table, int limit) {
        return jobs.about(caller, UpkeepHandler.KIND, table.table().uuid().toString(), limit).stream()
                .map(UpkeepJob::of)
                .toList();
    }

    /** One of a table that the caller sees, or of the caller's own. */
    public UpkeepJob find(Caller caller, UUID id) {
        access.requireSomebody(caller);
        return jobs.find(caller, UpkeepHandler.KIND, id)
                .or(() -> jobs.find(caller, UpkeepHandler.KIND, id, job -> seesTable(caller, job)))
                .map(UpkeepJob::of)
                .orElseThrow(() -> unknown(id));
    }

    /** Another table that has got the name of then says nothing of this one. */
    private boolean seesTable(Caller caller, Job job) {
        UpkeepPayload payload = UpkeepPayload.of(job);
        try {
            ReadableTable now = tables.describe(caller, TableName.parse(payload.table()));
            return now.table().uuid().toString().equals(payload.uuid());
        } catch (TarnException e) {
            if (e.code() == ErrorCode.UNKNOWN_TABLE
                    || e.code() == ErrorCode.UNKNOWN_NAMESPACE
                    || e.code() == ErrorCode.FORBIDDEN) {
                return false;
            }
            throw e;
        }
    }

    /** Ends one, soon, of a table that the caller looks after; what it has committed stays. One that is over stays as it is. */
    public UpkeepJob cancel(Caller caller, UUID id) {
        access.requireSomebody(caller);
        UpkeepJob known = find(caller, id);
        access.require(caller, Verb.MANAGE, Resource.table(known.table()));
        return jobs.cancel(caller, UpkeepHandler.KIND, id, job -> true)
                .map(UpkeepJob::of)
                .orElseThrow(() -> unknown(id));
    }

    private static TarnException unknown(UUID id) {
        return new TarnException(
                ErrorCode.NOT_FOUND,
                "There is no job %s of upkeep, or no more; it is forgotten 30 days after its end".formatted(id));
    }
}
