package dev.tarn.upkeep;

import dev.tarn.platform.database.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** {@link PolicyStore} in the platform's database. */
final class JdbcPolicyStore implements PolicyStore {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String THIS = " WHERE tenant_id = ? AND kind = ? AND scope = ?";

    private final Database database;

    JdbcPolicyStore(Database database) {
        this.database = database;
    }

    @Override
    public Map<PolicyScope, UpkeepPolicy> all(UUID tenantId) {
        Map<PolicyScope, UpkeepPolicy> policies = new HashMap<>();
        database.client()
                .sql("SELECT kind, scope, policy FROM upkeep_policies WHERE tenant_id = ?")
                .param(tenantId.toString())
                .query(row -> {
                    PolicyScope.Kind kind =
                            PolicyScope.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
                    policies.put(new PolicyScope(kind, row.getString("scope")), policy(row.getString("policy")));
                });
        return policies;
    }

    private static UpkeepPolicy policy(String json) {
        Map<String, Object> written = JSON.readValue(json, new TypeReference<>() {});
        return UpkeepPolicy.of(written);
    }

    @Override
    public void put(UUID tenantId, PolicyScope scope, UpkeepPolicy policy, String changedBy, Instant now) {
        database.inTransaction(() -> database.client()
                .sql("""
                        INSERT INTO upkeep_policies (tenant_id, kind, scope, policy, changed_by, changed_at)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (tenant_id, kind, scope) DO UPDATE SET policy = excluded.policy,
                            changed_by = excluded.changed_by, changed_at = excluded.changed_at""")
                .params(
                        tenantId.toString(),
                        scope.kind().text(),
                        scope.name(),
                        JSON.writeValueAsString(policy.written()),
                        changedBy,
                        Database.micros(now))
                .update());
    }

    @Override
    public boolean remove(UUID tenantId, PolicyScope scope) {
        return database.inTransaction(() -> database.client()
                        .sql("DELETE FROM upkeep_policies" + THIS)
                        .params(tenantId.toString(), scope.kind().text(), scope.name())
                        .update()
                == 1);
    }
}
