package dev.tarn.loading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of uploads. */
interface UploadStore {
    void insert(UUID tenantId, UUID userId, Upload upload);

    /** The upload, when it is that user's and not expired. */
    Optional<Upload> find(UUID tenantId, UUID userId, UUID id, Instant now);

    int count(UUID tenantId, UUID userId);

    /** Reserves the upload for a load; false when it is gone, or another load that still runs has it. */
    boolean take(UUID tenantId, UUID id, UUID loadId, Instant now);

    /** Gives it back. */
    void release(UUID tenantId, UUID id, UUID loadId);

    /**
     * Removes the row, unless a load that still runs reads it.
     *
     * @param loadId the load that may remove it all the same
     */
    boolean remove(UUID tenantId, UUID id, Optional<UUID> loadId, Instant now);

    /** Uploads that have expired and that no load reads. */
    List<Expired> expired(Instant now, int limit);

    record Expired(UUID tenantId, UUID id) {}
}
