package dev.tarn.sql;

import dev.tarn.access.Resource;
import dev.tarn.access.Rights;
import dev.tarn.access.TableRights;
import dev.tarn.engine.KeptResult;
import dev.tarn.engine.KeptResults;
import dev.tarn.engine.QueryResult;
import dev.tarn.jobs.Job;
import dev.tarn.jobs.JobRun;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.Blobs;
import dev.tarn.storage.NewBlob;
import dev.tarn.storage.WriteIntent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of jobs that have completed, each in a folder of the platform's own files. A folder is kept in the transaction that
 * completes its job, and goes with it: what reads completed has its rows, and nothing else is left.
 */
final class ResultFolders {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final KeptResults results;
    private final Blobs blobs;

    ResultFolders(KeptResults results, Blobs blobs) {
        this.results = results;
        this.blobs = blobs;
    }

    /** A table that was read, and with which rights. */
    record ReadTable(String name, String rights) {}

    /** What a completed job knows of its result. */
    record Completed(long rows, long bytesScanned, List<ReadTable> tables) {}

    static Optional<Completed> completed(Job job) {
        return job.result().map(text -> JSON.readValue(text, Completed.class));
    }

    /** Rights as a text that is equal when they are. */
    static String text(TableRights rights) {
        return rights.isFull()
                ? "full"
                : rights.parts().stream().map(Object::toString).sorted().collect(Collectors.joining("\n"));
    }

    private static String folder(UUID id) {
        return "result-" + id;
    }

    /**
     * Completes a job with the rows of a result.
     *
     * @param rights of the owner, as they were before the result was made
     * @param lastCall fails when nobody wants the result any more
     */
    void keep(JobRun run, QueryResult result, Rights rights, Runnable lastCall) {
        Job job = run.job();
        try (NewBlob blob = blobs.begin(job.owner().tenantId(), folder(job.id()))) {
            write(result, blob);
            lastCall.run();
            run.complete(JSON.writeValueAsString(completed(result, rights)), blob::keep);
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

    /** The rows of a job that has completed. */
    KeptResult open(Job job) {
        return results.open(blobs.folder(job.owner().tenantId(), folder(job.id())));
    }

    /** In the transaction that forgets the job; what is returned removes its rows afterwards. */
    Runnable forget(Job job) {
        if (job.state() != Job.State.COMPLETED) {
            return () -> {};
        }
        WriteIntent discarded = blobs.discard(job.owner().tenantId(), folder(job.id()));
        return () -> blobs.clean(discarded);
    }
}
