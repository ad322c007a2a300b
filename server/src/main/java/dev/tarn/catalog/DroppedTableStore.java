package dev.tarn.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of dropped tables. */
interface DroppedTableStore {
    void insert(DroppedTable table);

    /** A tenant's, the one that was dropped last first. */
    List<DroppedTable> list(UUID tenantId, int limit);

    /** Those of a namespace and name, whatever their case, the one that was dropped last first. */
    List<DroppedTable> named(UUID tenantId, String namespace, String name, int limit);

    Optional<DroppedTable> find(UUID tenantId, UUID id);

    /** Whether it can still be brought back. */
    boolean contains(DroppedTable table);

    /**
     * Removes a row.
     *
     * @return false when somebody else did
     */
    boolean remove(DroppedTable table);

    /** Those whose time has come, of all tenants, oldest first. */
    List<DroppedTable> expired(Instant now, int limit);
}
