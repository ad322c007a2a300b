package dev.tarn.catalog;

import java.time.Instant;
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

    /**
     * Removes a plan.
     *
     * @return false when there was none
     */
    boolean remove(UUID tenantId, UUID id);

    /** Removes those of all tenants whose time has come. */
    void removeExpired(Instant now);
}
