package dev.tarn.loading;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.NewBlob;
import dev.tarn.storage.WriteIntent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Files that are sent first and loaded later, so that they can be looked at in between. Only who sent them sees them. */
public final class Uploads {
    private static final int NAMES_IN_AUDIT = 20;

    private final Access access;
    private final LoadingParts parts;
    private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();

    Uploads(LoadingParts parts) {
        this.access = parts.access();
        this.parts = parts;
    }

    /** Takes files in; they are durable when this returns. */
    public Upload receive(Caller caller, SentFiles files) {
        access.requireSomebody(caller);
        if (parts.uploads().count(caller.tenantId(), caller.userId())
                >= parts.settings().uploadsPerUser()) {
            throw new TarnException(
                    ErrorCode.OVERLOADED,
                    "%d uploads are kept for you already; load or delete one first"
                            .formatted(parts.settings().uploadsPerUser()));
        }
        parts.allowance().requireRoom(caller);
        UUID id = parts.ids().next();
        Cancellation cancellation = new Cancellation("upload");
        running.add(cancellation);
        try (NewBlob blob = parts.blobs().begin(caller.tenantId(), Upload.folder(id))) {
            Reception.Received received = received(blob, files, cancellation);
            parts.allowance().requireFit(caller);
            Instant now = parts.now();
            Upload upload = new Upload(
                    id,
                    received.files(),
                    received.bytes(),
                    received.hash(),
                    now,
                    now.plus(parts.settings().uploads()));
            parts.database().inTransaction(() -> {
                parts.uploads().insert(caller.tenantId(), caller.userId(), upload);
                record(caller, Verb.CREATE, upload);
                blob.keep();
            });
            return upload;
        } finally {
            running.remove(cancellation);
        }
    }

    private Reception.Received received(NewBlob blob, SentFiles files, Cancellation cancellation) {
        Reception reception = new Reception(parts.settings().maximumUpload().toBytes(), cancellation, more -> {});
        try {
            return reception.take(files, blob::create);
        } catch (RuntimeException e) {
            try {
                blob.empty();
            } catch (RuntimeException stays) {
                e.addSuppressed(stays); // its intent's clean-up comes again
            }
            throw e;
        }
    }

    /** An upload of the caller's own. */
    public Upload get(Caller caller, UUID id) {
        access.requireSomebody(caller);
        return parts.uploads()
                .find(caller.tenantId(), caller.userId(), id, parts.now())
                .orElseThrow(() -> unknown(id));
    }

    /** Removes an upload of the caller's own. */
    public void delete(Caller caller, UUID id) {
        access.requireSomebody(caller);
        Instant now = parts.now();
        Upload upload = parts.uploads()
                .find(caller.tenantId(), caller.userId(), id, now)
                .orElseThrow(() -> unknown(id));
        if (!remove(parts, caller.tenantId(), id, now, () -> record(caller, Verb.DROP, upload))) {
            throw new TarnException(
                    ErrorCode.CONFLICT, "The upload %s is being loaded; cancel that load first".formatted(id));
        }
    }

    private void record(Caller caller, Verb verb, Upload upload) {
        parts.audit()
                .record(
                        caller,
                        verb,
                        Resource.load(upload.id().toString()),
                        Audit.Outcome.DONE,
                        Map.of(
                                "what", "upload",
                                "files",
                                        upload.files().stream()
                                                .limit(NAMES_IN_AUDIT)
                                                .map(Upload.SentFile::name)
                                                .toList(),
                                "bytes", upload.bytes()));
    }

    /**
     * Removes the row and then the files; false when a load reads them.
     *
     * @param also what else becomes true in the same transaction
     */
    static boolean remove(LoadingParts parts, UUID tenantId, UUID id, Instant now, Runnable also) {
        Optional<WriteIntent> discarded = parts.database().inTransaction(() -> {
            if (!parts.uploads().remove(tenantId, id, Optional.empty(), now)) {
                return Optional.empty();
            }
            also.run();
            return Optional.of(parts.blobs().discard(tenantId, Upload.folder(id)));
        });
        discarded.ifPresent(parts.blobs()::clean);
        return discarded.isPresent();
    }

    static TarnException unknown(UUID id) {
        return new TarnException(
                ErrorCode.NOT_FOUND,
                "There is no upload with the id %s; it may have been loaded or have expired: send the files again"
                        .formatted(id));
    }

    void outOfTime() {
        running.forEach(Cancellation::outOfTime);
    }
}
