package dev.tarn.access;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;

final class JdbcGrantStore implements GrantStore {
    private final Database database;
    private final Ids ids;
    private final Clock clock;

    JdbcGrantStore(Database database, Ids ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public boolean allows(UUID tenantId, UUID userId, Verb verb, Resource resource) {
        String tenant = tenantId.toString();
        String user = userId.toString();
        return database.client()
                .sql("""
                        SELECT 1 FROM grants g
                        WHERE g.tenant_id = ? AND g.verb IN (?, ?) AND g.resource IN (?, ?, ?)
                          AND (g.grantee_kind = 'user' AND g.grantee = ?
                            OR g.grantee_kind = 'role' AND g.grantee IN (
                                SELECT r.role FROM user_roles r WHERE r.tenant_id = ? AND r.user_id = ?))
                        LIMIT 1""")
                .params(
                        tenant,
                        verb.text(),
                        ANY_VERB,
                        resource.text(),
                        wholeKind(resource),
                        Resource.ALL,
                        user,
                        tenant,
                        user)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public void grantToRole(UUID tenantId, String role, String verb, String resource) {
        database.client()
                .sql("""
                        INSERT INTO grants (tenant_id, grant_id, grantee_kind, grantee, verb, resource, created_at)
                        VALUES (?, ?, 'role', ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                .params(
                        tenantId.toString(),
                        ids.next().toString(),
                        role,
                        verb,
                        resource,
                        Database.micros(clock.instant()))
                .update();
    }

    private static String wholeKind(Resource resource) {
        return resource.kind().name().toLowerCase(Locale.ROOT) + ":" + Resource.ALL;
    }
}
