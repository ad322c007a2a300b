package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Rights;
import dev.tarn.access.TableRights;
import dev.tarn.engine.BoundStatement;
import dev.tarn.engine.Engine;
import dev.tarn.engine.KeptResults;
import dev.tarn.engine.LongRun;
import dev.tarn.engine.QueryResult;
import dev.tarn.jobs.Job;
import dev.tarn.jobs.JobHandler;
import dev.tarn.jobs.JobRun;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.Blobs;
import dev.tarn.storage.NewBlob;
import dev.tarn.storage.WriteIntent;
import dev.tarn.usage.Allowance;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs submitted statements. A result is a folder of the platform's own files, kept in the transaction that completes the job: so
 * whatever reads completed has its rows. A statement does not run again when its server is lost; who sent it decides that.
 */
final class StatementJob implements JobHandler {
    static final String KIND = "statement";

    /** ASCII, whatever the statement has in it: neither database takes every text as it is. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Access access;
    private final Statements statements;
    private final Engine engine;
    private final KeptResults results;
    private final Blobs blobs;
    private final Allowance allowance;
    private final Duration kept;
    private final DataSize maximumResult;

    StatementJob(
            Access access,
            Statements statements,
            Engine engine,
            KeptResults results,
            Blobs blobs,
            Allowance allowance,
            Duration kept,
            DataSize maximumResult) {
        this.access = access;
        this.statements = statements;
        this.engine = engine;
        this.results = results;
        this.blobs = blobs;
        this.allowance = allowance;
        this.kept = kept;
        this.maximumResult = maximumResult;
    }

    /** What was asked for. */
    private record Payload(String contract, BoundStatement bound, long timeoutMs) {}

    static String payload(StatementRequest request) {
        return JSON.writeValueAsString(new Payload(
                request.contract(), request.bound(), request.timeout().toMillis()));
    }

    static StatementRequest request(Job job) {
        Payload payload = JSON.readValue(job.payload(), Payload.class);
        return new StatementRequest(
                Optional.of(job.id()), payload.contract(), payload.bound(), Duration.ofMillis(payload.timeoutMs()));
    }

    /** A table that was read, and with which rights. */
    record ReadTable(String name, String rights) {}

    /** What a completed job knows of its result. */
    record Completed(long rows, long bytesScanned, List<ReadTable> tables) {}

    static Optional<Completed> completed(Job job) {
        return job.result().map(text -> JSON.readValue(text, Completed.class));
    }

    static String folder(UUID id) {
        return "result-" + id;
    }

    /** Rights as a text that is equal when they are. */
    static String text(TableRights rights) {
        return rights.isFull()
                ? "full"
                : rights.parts().stream().map(Object::toString).sorted().collect(Collectors.joining("\n"));
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
        statements.submitted(
                run.caller(),
                request(run.job()),
                run.job().createdAt(),
                run.cancellation(),
                (statement, deadline, cancellation) -> {
                    run(run, statement, deadline, cancellation);
                    return run.job().id();
                });
    }

    private void run(JobRun run, Statements.Run statement, Deadline deadline, Cancellation cancellation) {
        Caller caller = run.caller();
        allowance.requireRoom(caller);
        // As of before the plan: rights that shrink meanwhile make the result unreadable, and never the other way
        // round.
        Rights rights = access.rights(caller);
        LongRun how = new LongRun(OptionalLong.of(maximumResult.toBytes()), run::progress);
        try (QueryResult result = engine.runLong(caller, request(run.job()).bound(), how, deadline, cancellation);
                NewBlob blob = blobs.begin(caller.tenantId(), folder(run.job().id()))) {
            write(result, blob);
            statement.requireWanted(() -> {});
            run.complete(JSON.writeValueAsString(completed(result, rights)), blob::keep);
            statement.end(result.rowCount(), result.bytesScanned(), result.tables());
        }
    }

    private void write(QueryResult result, NewBlob blob) {
        try (OutputStream rows = new BufferedOutputStream(blob.create(KeptResults.ROWS));
                OutputStream batches = new BufferedOutputStream(blob.create(KeptResults.BATCHES))) {
            results.write(result, rows, batches);
        } catch (IOException e) {
            throw new TarnException(
                    ErrorCode.STORAGE_FULL, "There is no room for the result on the server's disk; ask for less", e);
        }
    }

    private static Completed completed(QueryResult result, Rights rights) {
        return new Completed(
                result.rowCount(),
                result.bytesScanned(),
                result.tables().stream()
                        .map(name -> new ReadTable(name, text(rights.table(Resource.table(name)))))
                        .toList());
    }

    @Override
    public Runnable forget(Job job) {
        if (job.state() != Job.State.COMPLETED) {
            return () -> {};
        }
        WriteIntent discarded = blobs.discard(job.owner().tenantId(), folder(job.id()));
        return () -> blobs.clean(discarded);
    }
}
