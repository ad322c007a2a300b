package dev.tarn.upkeep;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** The rows of policies. */
interface PolicyStore {
    /** All of a tenant's; there are few. */
    Map<PolicyScope, UpkeepPolicy> all(UUID tenantId);

    void put(UUID tenantId, PolicyScope scope, UpkeepPolicy policy, String changedBy, Instant now);

    /** False when there was none. */
    boolean remove(UUID tenantId, PolicyScope scope);
}
