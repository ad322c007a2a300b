package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class JdbcKeyStore implements KeyStore {
    private static final String COLUMNS = """
            SELECT k.tenant_id, k.workspace_id, k.key_id, k.name, k.shown_prefix, k.user_id, u.name AS user_name,
                k.role, k.rate_plan, k.restricted, (
                    SELECT string_agg(r.resource, '\n') FROM key_restrictions r
                    WHERE r.tenant_id = k.tenant_id AND r.key_id = k.key_id) AS resources,
                k.created_at, k.expires_at, k.last_used_at, k.revoked_at
            FROM api_keys k JOIN users u ON u.tenant_id = k.tenant_id AND u.user_id = k.user_id
            """;

    private final Database database;

    JdbcKeyStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(UUID tenantId, UUID workspaceId, ApiKey key, String secretHash) {
        database.client()
                .sql("""
                        INSERT INTO api_keys (tenant_id, key_id, user_id, workspace_id, name, shown_prefix, secret_hash,
                            created_at, rate_plan, restricted, expires_at, role)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        tenantId.toString(),
                        key.id().toString(),
                        key.userId().toString(),
                        workspaceId.toString(),
                        key.name(),
                        key.prefix(),
                        secretHash,
                        Database.micros(key.createdAt()),
                        key.ratePlan(),
                        key.limits().only().isPresent() ? 1 : 0)
                .param(key.expiresAt().map(Database::micros).orElse(null))
                .param(key.limits().role().orElse(null))
                .update();
        for (Resource allowed : key.limits().only().orElse(List.of())) {
            database.client()
                    .sql("INSERT INTO key_restrictions (tenant_id, key_id, resource) VALUES (?, ?, ?)")
                    .params(tenantId.toString(), key.id().toString(), allowed.text())
                    .update();
        }
    }

    @Override
    public Optional<Holder> withHash(String secretHash) {
        return database.client()
                .sql(COLUMNS + "WHERE k.secret_hash = ? AND u.active = 1")
                .param(secretHash)
                .query((row, number) ->
                        new Holder(Rows.uuid(row, "tenant_id"), Rows.uuid(row, "workspace_id"), key(row)))
                .optional();
    }

    @Override
    public Optional<ApiKey> find(UUID tenantId, UUID keyId) {
        return database.client()
                .sql(COLUMNS + "WHERE k.tenant_id = ? AND k.key_id = ?")
                .params(tenantId.toString(), keyId.toString())
                .query((row, number) -> key(row))
                .optional();
    }

    @Override
    public List<ApiKey> list(UUID tenantId, Optional<UUID> userId, Optional<String> before, int limit) {
        // Ids are ordered by time; the longest possible id stands for "from the newest".
        return database.client()
                .sql(
                        COLUMNS
                                + "WHERE k.tenant_id = ? AND (? = '' OR k.user_id = ?) AND k.key_id < ? ORDER BY k.key_id DESC LIMIT ?")
                .params(
                        tenantId.toString(),
                        userId.map(UUID::toString).orElse(""),
                        userId.map(UUID::toString).orElse(""),
                        before.orElse("g"),
                        limit)
                .query((row, number) -> key(row))
                .list();
    }

    @Override
    public boolean revoke(UUID tenantId, UUID keyId, Instant at) {
        return database.client()
                        .sql("""
                                UPDATE api_keys SET revoked_at = ?
                                WHERE tenant_id = ? AND key_id = ? AND revoked_at IS NULL""")
                        .params(Database.micros(at), tenantId.toString(), keyId.toString())
                        .update()
                == 1;
    }

    @Override
    public void used(UUID tenantId, UUID keyId, Instant at) {
        long micros = Database.micros(at);
        database.client()
                .sql("""
                        UPDATE api_keys SET last_used_at = ?
                        WHERE tenant_id = ? AND key_id = ? AND (last_used_at IS NULL OR last_used_at < ?)""")
                .params(micros, tenantId.toString(), keyId.toString(), micros)
                .update();
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                Rows.uuid(row, "key_id"),
                row.getString("name"),
                row.getString("shown_prefix"),
                Rows.uuid(row, "user_id"),
                row.getString("user_name"),
                limits(row),
                row.getString("rate_plan"),
                Rows.instant(row, "created_at").orElseThrow(),
                Rows.instant(row, "expires_at"),
                Rows.instant(row, "last_used_at"),
                Rows.instant(row, "revoked_at"));
    }

    /** A restriction that is no resource allows nothing. */
    private static KeyLimits limits(ResultSet row) throws SQLException {
        Optional<String> role = Optional.ofNullable(row.getString("role"));
        if (row.getInt("restricted") == 0) {
            return new KeyLimits(role, Optional.empty());
        }
        List<Resource> only = Optional.ofNullable(row.getString("resources")).stream()
                .flatMap(String::lines)
                .map(Resource::parse)
                .flatMap(Optional::stream)
                .toList();
        return new KeyLimits(role, Optional.of(only));
    }
}
