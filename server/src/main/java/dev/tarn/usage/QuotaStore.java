package dev.tarn.usage;

import java.time.Instant;
import java.util.UUID;

/** The quotas of tenants. */
interface QuotaStore {
    /** {@link Quota#NONE} for a tenant that nobody has limited. */
    Quota find(UUID tenantId);

    void put(UUID tenantId, Quota quota, String by, Instant at);
}
