package dev.tarn.sql;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Profiles that were made already, as text; a version of a table never changes, so they stay true. */
interface ProfileStore {
    Optional<String> find(UUID tenantId, UUID tableId, long snapshotId);

    /** Keeps a profile, and forgets those of the table's other versions. */
    void keep(UUID tenantId, UUID tableId, long snapshotId, String profile, Instant at);
}
