package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.catalog.TableName;
import dev.tarn.jobs.Schedule;
import dev.tarn.jobs.ScheduleRun;
import dev.tarn.jobs.Schedules;
import dev.tarn.jobs.Timing;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Saved statements that run by the clock. At each time the statement runs as it reads then, as the schedule's owner and with the
 * rights of then; its rows are kept as those of a statement that was submitted, or become a table's.
 */
public final class ScheduledStatements {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Access access;
    private final SavedStatements saved;
    private final Statements statements;
    private final Schedules schedules;

    ScheduledStatements(Access access, SavedStatements saved, Statements statements, Schedules schedules) {
        this.access = access;
        this.saved = saved;
        this.statements = statements;
        this.schedules = schedules;
    }

    /**
     * What a schedule does at its times.
     *
     * @param saved the statement
     * @param timeoutMs of each run
     * @param into the table that takes the rows; absent: they are kept for who asks
     */
    public record Plan(UUID saved, long timeoutMs, @Nullable ResultTarget into) {}

    /** The plan of a schedule of statements. */
    public static Plan plan(Schedule schedule) {
        return JSON.readValue(schedule.payload(), Plan.class);
    }

    /**
     * Lets one of the caller's own saved statements run by the clock.
     *
     * @throws TarnException {@code NOT_FOUND}, {@code FORBIDDEN} for another's statement, which its owner could change into
     *     something else; {@code INVALID_REQUEST} for times that never come; what is wrong with the statement
     */
    public Schedule create(Caller caller, Plan plan, Timing timing) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        StatementRequest request = saved.request(caller, plan.saved(), Duration.ofMillis(plan.timeoutMs()));
        statements.check(caller, request);
        ResultTarget into = plan.into();
        if (into != null && !into.name().catalog().equals(TableName.DEFAULT_CATALOG)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "The table that takes the rows is one of iceberg, not " + into.table());
        }
        return schedules.create(
                caller, new Schedule.Wanted(StatementJob.KIND, plan.saved(), JSON.writeValueAsString(plan), timing));
    }

    /** The caller's own, newest first; those of one saved statement, or all. */
    public List<Schedule> list(Caller caller, Optional<UUID> savedStatement) {
        access.requireSomebody(caller);
        return schedules.list(caller, StatementJob.KIND, savedStatement);
    }

    /** One of the caller's own. */
    public Schedule find(Caller caller, UUID id) {
        access.requireSomebody(caller);
        return schedules.find(caller, StatementJob.KIND, id);
    }

    /** Lets its times pass until it is resumed. */
    public Schedule pause(Caller caller, UUID id) {
        access.requireSomebody(caller);
        return schedules.pause(caller, StatementJob.KIND, id);
    }

    public Schedule resume(Caller caller, UUID id) {
        access.requireSomebody(caller);
        return schedules.resume(caller, StatementJob.KIND, id);
    }

    /** Runs it once, now; see {@link Schedules#runNow}. */
    public ScheduleRun runNow(Caller caller, UUID id) {
        access.requireSomebody(caller);
        return schedules.runNow(caller, StatementJob.KIND, id);
    }

    public void delete(Caller caller, UUID id) {
        access.requireSomebody(caller);
        schedules.delete(caller, StatementJob.KIND, id);
    }

    /** What became of its times, newest first. */
    public Page<ScheduleRun> runs(Caller caller, UUID id, PageRequest page) {
        access.requireSomebody(caller);
        return schedules.runs(caller, StatementJob.KIND, id, page);
    }
}
