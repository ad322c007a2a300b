package dev.tarn.sql;

import dev.tarn.access.Resource;
import dev.tarn.access.Rights;
import dev.tarn.access.TableRights;
import dev.tarn.engine.ChangeResult;
import dev.tarn.engine.KeptResult;
import dev.tarn.engine.KeptResults;
import dev.tarn.engine.QueryResult;
import dev.tarn.engine.Reading;
import dev.tarn.engine.ScriptResult;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    /**
     * What a completed job knows of its result.
     *
     * @param written how many rows each statement wrote, null for one that writes none, when it was no query; it has no folder
     * @param script whether it may have been several statements
     */
    record Completed(
            long rows,
            long bytesScanned,
            List<ReadTable> tables,
            @Nullable List<@Nullable Long> written,
            boolean script) {
        /** Of a query. */
        Completed(long rows, long bytesScanned, List<ReadTable> tables) {
            this(rows, bytesScanned, tables, null, false);
        }

        /** Of statements that wrote. */
        static Completed changed(List<ChangeResult> changes, boolean script) {
            List<@Nullable Long> written = new ArrayList<>();
            for (ChangeResult change : changes) {
                written.add(change.rows().isPresent() ? change.rows().getAsLong() : null);
            }
            return new Completed(
                    script ? changes.size() : changes.getFirst().rowCount(),
                    changes.stream()
                            .mapToLong(change -> change.reading().bytesScanned())
                            .sum(),
                    List.of(),
                    written,
                    script);
        }

        String text() {
            return JSON.writeValueAsString(this);
        }

        /** The answer, when it is kept here. */
        Optional<QueryResult> answer() {
            if (written == null) {
                return Optional.empty();
            }
            List<ChangeResult> changes = written.stream()
                    .map(count -> new ChangeResult(
                            count == null ? OptionalLong.empty() : OptionalLong.of(count),
                            new Reading(bytesScanned, List.of())))
                    .toList();
            return Optional.of(script ? new ScriptResult(changes) : changes.getFirst());
        }
    }

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
     * @param together what becomes true with the job's completion
     */
    void keep(JobRun run, QueryResult result, Rights rights, Runnable lastCall, Runnable together) {
        Job job = run.job();
        try (NewBlob blob = blobs.begin(job.owner().tenantId(), folder(job.id()))) {
            write(result, blob);
            lastCall.run();
            run.complete(completed(result, rights).text(), () -> {
                blob.keep();
                together.run();
            });
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
                result.reading().bytesScanned(),
                result.reading().tableNames().stream()
                        .map(name -> new ReadTable(name, text(rights.table(Resource.table(name)))))
                        .toList());
    }

    /** The rows of a job that has completed. */
    KeptResult open(Job job) {
        Optional<QueryResult> answer = completed(job).flatMap(Completed::answer);
        return answer.isPresent() ? results.of(answer.get()) : folder(job);
    }

    private KeptResult folder(Job job) {
        return results.open(blobs.folder(job.owner().tenantId(), folder(job.id())));
    }

    /** In the transaction that forgets the job; what is returned removes its rows afterwards. */
    Runnable forget(Job job) {
        boolean hasFolder =
                completed(job).filter(done -> done.written() == null).isPresent();
        if (!hasFolder) {
            return () -> {};
        }
        WriteIntent discarded = blobs.discard(job.owner().tenantId(), folder(job.id()));
        return () -> blobs.clean(discarded);
    }
}
