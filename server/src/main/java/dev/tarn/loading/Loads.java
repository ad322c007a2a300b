package dev.tarn.loading;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.catalog.WriteMode;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/** Loads of files into tables: one commit, all or nothing, and a row that says how each went. */
public final class Loads {
    private final Access access;
    private final LoadingParts parts;
    private final RunningLoads running;

    Loads(LoadingParts parts, RunningLoads running) {
        this.access = parts.access();
        this.parts = parts;
        this.running = running;
    }

    /** Whose loads are listed; empty: everybody's for who may see them, else one's own. */
    public record Wanted(Optional<Boolean> everybodys, Optional<LoadState> state, Optional<String> table) {}

    /**
     * Begins a load whose files come with the request; the caller closes it.
     *
     * @param fileName what the one file is called, until all are known
     * @param bytesTotal how much will be sent, when that is known
     * @param perhapsAnswered whether the request may turn out, once its files are here, to have been answered before; else
     *     what cannot be loaded is refused at once
     */
    public StartedLoad begin(
            Caller caller, LoadRequest request, String fileName, OptionalLong bytesTotal, boolean perhapsAnswered) {
        access.require(
                caller, verb(request.mode()), Resource.table(request.table().text()));
        check(caller, request);
        parts.allowance().requireRoom(caller);
        Optional<LoadEntry> entry = LoadEntry.begin(parts, running, caller, request, fileName, bytesTotal);
        if (entry.isEmpty() && !perhapsAnswered) {
            throw idTaken(request);
        }
        StartedLoad load = new StartedLoad(parts, caller, request, entry);
        if (perhapsAnswered || request.once()) {
            return load;
        }
        boolean begun = false;
        try {
            load.beginWrite();
            begun = true;
            return load;
        } finally {
            if (!begun) {
                load.close();
            }
        }
    }

    /**
     * Loads an upload of the caller's own; when this returns, the rows are durable and the upload is used up.
     *
     * @param onCommit as in {@link StartedLoad#load}
     */
    public LoadOutcome load(Caller caller, UUID uploadId, LoadRequest request, Consumer<LoadOutcome> onCommit) {
        access.require(
                caller, verb(request.mode()), Resource.table(request.table().text()));
        check(caller, request);
        parts.allowance().requireRoom(caller);
        Upload upload = parts.uploads()
                .find(caller.tenantId(), caller.userId(), uploadId, parts.now())
                .orElseThrow(() -> Uploads.unknown(uploadId));
        LoadSource source = new LoadSource(
                parts.blobs().folder(caller.tenantId(), Upload.folder(uploadId)),
                upload.files(),
                upload.sha256(),
                Optional.of(uploadId));
        LoadEntry entry = LoadEntry.begin(
                        parts, running, caller, request, source.title(), OptionalLong.of(upload.bytes()))
                .orElseThrow(() -> idTaken(request));
        return new UploadLoad(parts, caller, request, entry, source).run(onCommit);
    }

    /** A load of the caller's own; of anybody in the tenant for who looks after loads. */
    public Load get(Caller caller, UUID id) {
        access.requireSomebody(caller);
        return visible(caller, id);
    }

    /** Loads, newest first. */
    public Page<Load> list(Caller caller, Wanted wanted, PageRequest page) {
        boolean manages = access.allows(caller, Verb.MANAGE, Resource.load(Resource.ALL));
        if (wanted.everybodys().orElse(false)) {
            access.require(caller, Verb.MANAGE, Resource.load(Resource.ALL));
        }
        access.requireUnrestricted(caller);
        boolean own = !wanted.everybodys().orElse(manages);
        LoadStore.Filter filter = new LoadStore.Filter(
                own ? Optional.of(caller.userId()) : Optional.empty(), wanted.state(), wanted.table());
        return Page.of(
                parts.loads().list(caller.tenantId(), filter, page, parts.now()), page.limit(), LoadStore::place);
    }

    /** The loads that this server has now: all of them for its operator, else those of the caller's tenant. */
    public Work work(Caller caller) {
        access.require(caller, Verb.MANAGE, Resource.load(Resource.ALL));
        return running.work(access.isOperator(caller) ? Optional.empty() : Optional.of(caller.tenantId()));
    }

    /**
     * Ends a load without a row, on whatever server it runs.
     *
     * @throws TarnException {@code NOT_FOUND} when it does not run (any more), or is another's
     */
    public void cancel(Caller caller, UUID id) {
        access.requireSomebody(caller);
        visible(caller, id);
        LoadKey key = new LoadKey(caller.tenantId(), id);
        if (!parts.loads().askToCancel(key, parts.now())) {
            throw new TarnException(ErrorCode.NOT_FOUND, "The load %s does not run any more".formatted(id));
        }
        running.cancel(key);
        parts.audit().recordSoon(caller, "cancel", Resource.load(id.toString()), Audit.Outcome.DONE, Map.of());
    }

    /** The rows that a load left out, as CSV; the caller closes it. */
    public InputStream rejects(Caller caller, UUID id) {
        access.requireSomebody(caller);
        Load load = visible(caller, id);
        Path folder = parts.blobs().folder(caller.tenantId(), new LoadKey(caller.tenantId(), id).rejectsFolder());
        if (load.rejectsUntil().isPresent()) {
            try {
                InputStream rejects = Files.newInputStream(folder.resolve(LoadRun.REJECTS));
                parts.audit()
                        .recordSoon(
                                caller,
                                "export",
                                Resource.load(id.toString()),
                                Audit.Outcome.DONE,
                                Map.of("what", "rejects", "table", load.table()));
                return rejects;
            } catch (IOException e) {
                throw noRejects(id, e);
            }
        }
        throw noRejects(id, null);
    }

    private static TarnException noRejects(UUID id, @org.jspecify.annotations.Nullable IOException cause) {
        String message = "The load %s left no rows out, or they are not kept any more".formatted(id);
        return cause == null
                ? new TarnException(ErrorCode.NOT_FOUND, message)
                : new TarnException(ErrorCode.NOT_FOUND, message, cause);
    }

    private Load visible(Caller caller, UUID id) {
        return parts.loads()
                .find(new LoadKey(caller.tenantId(), id), parts.now())
                .filter(load -> load.userId().equals(caller.userId())
                        || access.allows(caller, Verb.MANAGE, Resource.load(id.toString())))
                .orElseThrow(() -> new TarnException(
                        ErrorCode.NOT_FOUND, "There is no load with the id %s; list the loads".formatted(id)));
    }

    private void check(Caller caller, LoadRequest request) {
        LoadTasks.given(request.columns());
        request.rejectsTable().ifPresent(table -> {
            if (request.onError() != LoadRequest.OnError.SKIP) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "There are no rejects for the table %s without on_error=skip".formatted(table.text()));
            }
            access.require(caller, Verb.INSERT, Resource.table(table.text()));
        });
        if (request.addColumns() && request.mode() != WriteMode.APPEND) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "add_columns adds columns to a table that takes more rows; it goes with mode append");
        }
    }

    private static Verb verb(WriteMode mode) {
        return mode == WriteMode.APPEND ? Verb.INSERT : Verb.CREATE;
    }

    static TarnException idTaken(LoadRequest request) {
        return new TarnException(
                ErrorCode.ALREADY_EXISTS,
                "There is a load with the id %s already; choose another"
                        .formatted(request.id().orElseThrow()));
    }
}
