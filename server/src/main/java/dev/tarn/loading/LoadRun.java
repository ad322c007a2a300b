package dev.tarn.loading;

import dev.tarn.access.Caller;
import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.WriteMode;
import dev.tarn.catalog.WrittenFile;
import dev.tarn.engine.WorkerRows;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.NewBlob;
import dev.tarn.storage.WriteIntent;
import dev.tarn.usage.Use;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.RejectPolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One load from whole files to its commit. The transaction that makes the rows durable also completes the load's row, notes the
 * bytes, keeps the rejects and uses the upload up: each of these is true exactly when the rows are.
 */
final class LoadRun {
    static final String REJECTS = "rejects.csv";
    private static final int NAMES_IN_AUDIT = 20;

    private final LoadingParts parts;
    private final Caller caller;
    private final LoadRequest request;
    private final LoadEntry entry;
    private final LoadSource source;

    LoadRun(LoadingParts parts, Caller caller, LoadRequest request, LoadEntry entry, LoadSource source) {
        this.parts = parts;
        this.caller = caller;
        this.request = request;
        this.entry = entry;
        this.source = source;
    }

    /** The table has taken the same bytes between the look and the commit. */
    static final class TakenMeanwhileException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    LoadOutcome run(TableWrite write, Consumer<LoadOutcome> onCommit) {
        ContentStore.Content content =
                new ContentStore.Content(caller.tenantId(), write.location(), request.mode(), source.hash());
        Optional<ContentStore.Taken> known = parts.contents().find(content);
        if (request.addColumns() && request.mode() == WriteMode.APPEND) {
            write.allowNewColumns();
        }
        try (NewBlob rejects = rejects()) {
            Message.Loaded loaded =
                    parts.conversion().run(task(write, rejects), entry.progress(), entry.cancellation());
            Schema schema = WorkerRows.schema(loaded.columns());
            boolean kept = rejects != null && loaded.rejected() > 0;
            if (rejects != null && kept) {
                rejects.sync(REJECTS);
            }
            parts.allowance().requireFit(caller);
            note(write, loaded);
            AtomicReference<@Nullable WriteIntent> usedUp = new AtomicReference<>();
            AtomicReference<@Nullable LoadOutcome> outcome = new AtomicReference<>();
            write.commit(schema, WorkerRows.files(loaded.files()), snapshot -> {
                note(content, known, snapshot);
                source.upload().ifPresent(upload -> usedUp.set(useUp(upload)));
                if (rejects != null && kept) {
                    rejects.keep();
                }
                LoadOutcome done = new LoadOutcome(complete(write, loaded, schema, kept, snapshot), false);
                outcome.set(done);
                onCommit.accept(done);
            });
            WriteIntent discarded = usedUp.get();
            if (discarded != null) {
                parts.blobs().clean(discarded);
            }
            parts.meter()
                    .record(caller, Use.load(source.bytes(), entry.elapsed().toMillis()));
            return withRejectsTable(Objects.requireNonNull(outcome.get()));
        }
    }

    private @Nullable NewBlob rejects() {
        return request.onError() == LoadRequest.OnError.SKIP
                ? parts.blobs().begin(caller.tenantId(), entry.key().rejectsFolder())
                : null;
    }

    private LoadTask task(TableWrite write, @Nullable NewBlob rejects) {
        return new LoadTask(
                source.inputs(),
                request.options(),
                LoadTasks.given(request.columns()),
                LoadTasks.target(write),
                request.addColumns(),
                rejects == null
                        ? RejectPolicy.STOP
                        : new RejectPolicy(rejects.path(REJECTS).toString()),
                WorkerRows.folder(write),
                write.filePrefix(),
                WorkerRows.targetFileBytes(write, parts.targetFileBytes()),
                WorkerRows.arrangement(write),
                parts.conversion().memoryBytes(),
                parts.conversion().threads());
    }

    private void note(TableWrite write, Message.Loaded loaded) {
        write.note(Map.of(
                "load_id",
                entry.key().id().toString(),
                "files",
                source.names().stream().limit(NAMES_IN_AUDIT).toList(),
                "file_count",
                source.files().size(),
                "rows",
                loaded.rows(),
                "rejected_rows",
                loaded.rejected()));
    }

    private void note(ContentStore.Content content, Optional<ContentStore.Taken> known, long snapshot) {
        ContentStore.Taken taken = new ContentStore.Taken(entry.key().id(), snapshot);
        if (!request.once()) {
            parts.contents().overwrite(content, taken);
        } else if (!parts.contents().note(content, taken, known)) {
            throw new TakenMeanwhileException();
        }
    }

    private WriteIntent useUp(UUID upload) {
        Optional<UUID> load = Optional.of(entry.key().id());
        if (!parts.uploads().remove(caller.tenantId(), upload, load, parts.now())) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "The upload %s is no longer this load's; nothing was loaded, send the files again"
                            .formatted(upload));
        }
        return parts.blobs().discard(caller.tenantId(), Upload.folder(upload));
    }

    private Load complete(TableWrite write, Message.Loaded loaded, Schema schema, boolean rejectsKept, long snapshot) {
        List<WrittenFile> files = WorkerRows.files(loaded.files());
        LoadResult result = new LoadResult(
                loaded.rows(),
                loaded.rejected(),
                files.size(),
                files.stream().mapToLong(WrittenFile::bytes).sum(),
                LoadTasks.stored(write, schema),
                snapshot,
                loaded.warnings());
        Optional<Instant> until =
                rejectsKept ? Optional.of(parts.now().plus(parts.settings().rejects())) : Optional.empty();
        return entry.complete(
                write.name().text(), source.title(), source.bytes(), OptionTexts.of(loaded.options()), result, until);
    }

    /** The load stands, whatever becomes of the table of its rejects. */
    private LoadOutcome withRejectsTable(LoadOutcome done) {
        LoadResult result = done.load().result().orElseThrow();
        if (request.rejectsTable().isEmpty() || result.rejectedRows() == 0) {
            return done;
        }
        Path rejects = parts.blobs()
                .folder(caller.tenantId(), entry.key().rejectsFolder())
                .resolve(REJECTS);
        return new RejectsTable(parts, caller, entry.key().id())
                .load(rejects, request.rejectsTable().get())
                .map(warning -> {
                    Load warned = done.load().warning(warning);
                    parts.loads().warn(entry.key(), warned.result().orElseThrow());
                    return new LoadOutcome(warned, false);
                })
                .orElse(done);
    }
}
