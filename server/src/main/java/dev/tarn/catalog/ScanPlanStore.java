package dev.tarn.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of plans of scans. */
interface ScanPlanStore {
    /**
     * Adds a plan.
     *
     * @param most how many a user may have; older ones go
     */
    void insert(ScanPlan plan, int most);

    Optional<ScanPlan> find(UUID tenantId, UUID id);

    /** Those of a table that are of use at {@code now}. */
    List<ScanPlan> ofTable(UUID tenantId, String tableUuid, Instant now);

    /**
     * Removes a plan.
     *
     * @return false when there was none
     */
    boolean remove(UUID tenantId, UUID id);

    /** Removes those of all tenants whose time has come. */
    void removeExpired(Instant now);
}
