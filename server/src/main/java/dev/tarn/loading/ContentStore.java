package dev.tarn.loading;

import dev.tarn.catalog.WriteMode;
import java.util.Optional;
import java.util.UUID;

/** Which bytes tables have taken. */
interface ContentStore {
    /** Bytes, in a mode, into the table at a location. */
    record Content(UUID tenantId, String tableLocation, WriteMode mode, String hash) {}

    /** The newest load of some bytes, and the snapshot that it made. */
    record Taken(UUID loadId, long snapshotId) {}

    Optional<Taken> find(Content content);

    /**
     * Notes a load, in its commit's transaction.
     *
     * @param known what was known when the load began
     * @return false when another load of the same bytes has been noted since
     */
    boolean note(Content content, Taken taken, Optional<Taken> known);

    /** Notes a load that does not care about others, in its commit's transaction. */
    void overwrite(Content content, Taken taken);
}
