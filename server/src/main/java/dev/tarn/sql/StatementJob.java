package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Rights;
import dev.tarn.engine.BoundStatement;
import dev.tarn.engine.Engine;
import dev.tarn.engine.LongRun;
import dev.tarn.engine.QueryResult;
import dev.tarn.jobs.Job;
import dev.tarn.jobs.JobHandler;
import dev.tarn.jobs.JobRun;
import dev.tarn.jobs.Schedule;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.usage.Allowance;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs submitted statements. One does not run again when its server is lost; who sent it decides that.
 */
final class StatementJob implements JobHandler {
    static final String KIND = "statement";

    /** ASCII, whatever the statement has in it: neither database takes every text as it is. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Access access;
    private final Statements statements;
    private final Engine engine;
    private final SavedStatements saved;
    private final SubmittedChanges changes;
    private final ResultFolders folders;
    private final Allowance allowance;
    private final Duration kept;
    private final DataSize maximumResult;

    StatementJob(
            Access access,
            Statements statements,
            Engine engine,
            SavedStatements saved,
            SubmittedChanges changes,
            ResultFolders folders,
            Allowance allowance,
            Duration kept,
            DataSize maximumResult) {
        this.access = access;
        this.statements = statements;
        this.engine = engine;
        this.saved = saved;
        this.changes = changes;
        this.folders = folders;
        this.allowance = allowance;
        this.kept = kept;
        this.maximumResult = maximumResult;
    }

    /**
     * What was asked for.
     *
     * @param into the table that takes the rows; absent: they are kept for who asks
     */
    private record Payload(
            String contract,
            BoundStatement bound,
            long timeoutMs,
            @Nullable ResultTarget into) {}

    static String payload(StatementRequest request) {
        return payload(request, null);
    }

    private static String payload(StatementRequest request, @Nullable ResultTarget into) {
        return JSON.writeValueAsString(new Payload(
                request.contract(), request.bound(), request.timeout().toMillis(), into));
    }

    /** The saved statement as it reads now. */
    @Override
    public String payload(Schedule schedule, Caller owner) {
        ScheduledStatements.Plan plan = ScheduledStatements.plan(schedule);
        StatementRequest request = saved.request(owner, plan.saved(), Duration.ofMillis(plan.timeoutMs()));
        return payload(request, plan.into());
    }

    static StatementRequest request(Job job, Cancellation cancellation) {
        Payload payload = JSON.readValue(job.payload(), Payload.class);
        return new StatementRequest(
                Optional.of(job.id()),
                payload.contract(),
                payload.bound(),
                Duration.ofMillis(payload.timeoutMs()),
                cancellation);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Duration kept() {
        return kept;
    }

    @Override
    public void run(JobRun run) {
        StatementRequest request = request(run.job(), run.cancellation());
        statements.submitted(run.caller(), request, run.job().createdAt(), (statement, deadline, cancellation) -> {
            ResultTarget into =
                    JSON.readValue(run.job().payload(), Payload.class).into();
            if (into != null) {
                changes.keep(run, request.bound(), into, statement, deadline);
            } else if (!changes.run(run, request, statement, deadline)) {
                keep(run, request, statement, deadline);
            }
            return run.job().id();
        });
    }

    private void keep(JobRun run, StatementRequest request, Statements.Run statement, Deadline deadline) {
        Caller caller = run.caller();
        allowance.requireRoom(caller);
        // As of before the plan: rights that shrink meanwhile make the result unreadable, and never the other way
        // round.
        Rights rights = access.rights(caller);
        LongRun how = new LongRun(OptionalLong.of(maximumResult.toBytes()), fraction -> {
            run.progress(fraction);
            statement.reached(fraction);
        });
        try (QueryResult result = engine.runLong(caller, request.bound(), how, deadline, run.cancellation())) {
            folders.keep(
                    run,
                    result,
                    rights,
                    () -> statement.requireWanted(() -> {}),
                    () -> statement.completedTogether(result.rowCount(), result.reading()));
            statement.end(result.rowCount(), result.reading());
        }
    }

    @Override
    public Runnable forget(Job job) {
        return folders.forget(job);
    }
}
