package dev.tarn.usage;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Tenant;
import dev.tarn.access.Tenants;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Quotas of tenants: the operator sets them, and a tenant sees its own. */
public final class Quotas {
    private final Access access;
    private final Audit audit;
    private final Tenants tenants;
    private final Database database;
    private final QuotaStore store;
    private final Allowance allowance;
    private final Clock clock;

    Quotas(
            Access access,
            Audit audit,
            Tenants tenants,
            Database database,
            QuotaStore store,
            Allowance allowance,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.database = database;
        this.store = store;
        this.allowance = allowance;
        this.clock = clock;
    }

    /** A tenant's quotas, and what it has used of them. */
    public record Standing(UUID tenantId, Quota quota, QuotaUse used) {}

    /**
     * How a tenant stands.
     *
     * @param tenant a name or an id, for the operator; empty: the caller's own
     */
    public Standing standing(Caller caller, Optional<String> tenant) {
        access.requireSomebody(caller);
        if (tenant.isEmpty()) {
            access.require(caller, Verb.SELECT, Resource.all(Resource.Kind.USAGE));
        }
        UUID tenantId = tenant.map(name -> named(caller, name)).orElse(caller.tenantId());
        return new Standing(tenantId, store.find(tenantId), allowance.used(tenantId));
    }

    /**
     * Sets all three quotas of a tenant; an empty one is no limit from then on. What runs is not stopped.
     *
     * @param tenant a name or an id; empty: the operator's own
     */
    public Standing set(Caller caller, Optional<String> tenant, Quota quota) {
        access.requireOperator(caller);
        UUID tenantId = tenant.map(name -> named(caller, name)).orElse(caller.tenantId());
        database.inTransaction(() -> {
            store.put(tenantId, quota, caller.name(), clock.instant());
            audit.record(
                    caller,
                    Verb.ALTER,
                    new Resource(Resource.Kind.TENANT, tenantId.toString()),
                    Audit.Outcome.DONE,
                    details(quota));
        });
        return new Standing(tenantId, quota, allowance.used(tenantId));
    }

    private static Map<String, Object> details(Quota quota) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("what", "quotas");
        quota.storageBytes().ifPresent(bytes -> details.put("storage_bytes", bytes));
        quota.scannedBytesDay().ifPresent(bytes -> details.put("scanned_bytes_day", bytes));
        quota.scannedBytesMonth().ifPresent(bytes -> details.put("scanned_bytes_month", bytes));
        return details;
    }

    /** Only the operator learns which tenants there are. */
    private UUID named(Caller caller, String nameOrId) {
        return tenants.list(caller).stream()
                .filter(tenant ->
                        tenant.name().equals(nameOrId) || tenant.id().toString().equals(nameOrId))
                .findFirst()
                .map(Tenant::id)
                .orElseThrow(() -> new TarnException(
                        ErrorCode.NOT_FOUND, "There is no tenant %s; list the tenants".formatted(nameOrId)));
    }
}
