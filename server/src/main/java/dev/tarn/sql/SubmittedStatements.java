package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.TableRights;
import dev.tarn.access.Verb;
import dev.tarn.engine.KeptResult;
import dev.tarn.jobs.Job;
import dev.tarn.jobs.Jobs;
import dev.tarn.jobs.NewJob;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Consumer;

/** Statements that run without their caller, who asks for their results within a day. */
public final class SubmittedStatements {
    /** The time of a request that names none. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

    private static final int MOST_LISTED = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Access access;
    private final Statements statements;
    private final Jobs jobs;
    private final ResultFolders folders;
    private final Ids ids;
    private final Clock clock;

    SubmittedStatements(Access access, Statements statements, Jobs jobs, ResultFolders folders, Ids ids, Clock clock) {
        this.access = access;
        this.statements = statements;
        this.jobs = jobs;
        this.folders = folders;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Accepts a statement. Its time counts from now, waiting included.
     *
     * @param together takes the id, in the transaction that accepts it
     * @throws TarnException {@code SYNTAX_ERROR}, {@code STATEMENT_NOT_ALLOWED}; {@code OVERLOADED} when too many wait
     */
    public UUID submit(Caller caller, StatementRequest request, Consumer<UUID> together) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        UUID id = request.id().orElseGet(ids::next);
        StatementRequest named = new StatementRequest(
                Optional.of(id), request.contract(), request.bound(), request.timeout(), request.cancellation());
        statements.check(caller, named);
        jobs.add(caller, new NewJob(id, StatementJob.KIND, StatementJob.payload(named)), () -> together.accept(id));
        return id;
    }

    /**
     * A statement of the caller's own. Its rows can be read while the caller may read all that they were made of.
     *
     * @throws TarnException {@code NOT_FOUND}; {@code FORBIDDEN} when rights have changed since
     */
    public SubmittedStatement find(Caller caller, UUID id) {
        access.require(caller, Verb.DESCRIBE, Resource.statement(id.toString()));
        Job job = jobs.find(caller, StatementJob.KIND, id).orElseThrow(() -> unknown(id));
        Optional<ResultFolders.Completed> completed = ResultFolders.completed(job);
        completed.ifPresent(result -> requireRights(caller, id, result));
        return shown(job, completed.map(result -> folders.open(job)));
    }

    /** The caller's newest ones, newest first, without their rows. */
    public List<Summary> list(Caller caller) {
        access.require(caller, Verb.DESCRIBE, Resource.statement("*"));
        return jobs.list(caller, StatementJob.KIND, MOST_LISTED).stream()
                .map(job -> new Summary(
                        StatementJob.request(job, new Cancellation()).bound().sql(),
                        job.createdAt(),
                        job.finishedAt(),
                        ResultFolders.completed(job).map(ResultFolders.Completed::rows),
                        shown(job, Optional.empty())))
                .toList();
    }

    /**
     * One of a list.
     *
     * @param rows of its result, once it has completed
     * @param standing without rows
     */
    public record Summary(
            String statement,
            Instant submittedAt,
            Optional<Instant> finishedAt,
            Optional<Long> rows,
            SubmittedStatement standing) {}

    private void requireRights(Caller caller, UUID id, ResultFolders.Completed result) {
        for (ResultFolders.ReadTable table : result.tables()) {
            TableRights today = access.tableRights(caller, Resource.table(table.name()));
            if (!today.isFull() && !ResultFolders.text(today).equals(table.rights())) {
                throw new TarnException(
                                ErrorCode.FORBIDDEN,
                                "What %s may read of %s has changed since this ran; send the statement again"
                                        .formatted(caller.name(), table.name()))
                        .with("statement_id", id.toString());
            }
        }
    }

    /**
     * Ends a statement of the caller's own, soon; one that is over stays as it is.
     *
     * @return the statement as it is then, without its rows
     * @throws TarnException {@code NOT_FOUND}
     */
    public SubmittedStatement cancel(Caller caller, UUID id) {
        access.require(caller, Verb.DESCRIBE, Resource.statement(id.toString()));
        Job before = jobs.find(caller, StatementJob.KIND, id).orElseThrow(() -> unknown(id));
        Job after = jobs.cancel(caller, StatementJob.KIND, id).orElseThrow(() -> unknown(id));
        if (!before.state().isOver()) {
            statements.askedToEnd(caller, id);
        }
        if (before.state() == Job.State.QUEUED && after.state() == Job.State.CANCELLED) {
            statements.refused(
                    caller,
                    StatementJob.request(after, new Cancellation()),
                    after.createdAt(),
                    failure(after).orElseThrow());
        }
        return shown(settled(caller, after), Optional.empty());
    }

    /** One that runs ends in a moment, and whoever asked wants to know that. */
    private Job settled(Caller caller, Job cancelled) {
        Job job = cancelled;
        try {
            for (long waited = 0; !job.state().isOver() && waited < PATIENCE.toMillis(); waited += LOOK.toMillis()) {
                Thread.sleep(LOOK);
                job = jobs.find(caller, StatementJob.KIND, job.id()).orElse(job);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return job;
    }

    private SubmittedStatement shown(Job job, Optional<KeptResult> result) {
        return new SubmittedStatement(
                job.id(),
                job.state().text(),
                Duration.between(job.createdAt(), job.finishedAt().orElseGet(clock::instant))
                        .toMillis(),
                job.state() == Job.State.RUNNING ? job.fraction() : OptionalDouble.empty(),
                ResultFolders.completed(job)
                        .map(ResultFolders.Completed::bytesScanned)
                        .orElse(0L),
                failure(job).filter(any -> job.state().isOver()),
                result);
    }

    private static Optional<TarnException> failure(Job job) {
        return job.failure()
                .map(why -> new TarnException(ErrorCode.valueOf(why.code().toUpperCase(Locale.ROOT)), why.detail())
                        .with("statement_id", job.id().toString()));
    }

    private static TarnException unknown(UUID id) {
        return new TarnException(
                ErrorCode.NOT_FOUND,
                "There is no submitted statement %s of yours; it may have been forgotten, a day after its end"
                        .formatted(id));
    }
}
