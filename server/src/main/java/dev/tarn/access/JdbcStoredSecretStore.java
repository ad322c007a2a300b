package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class JdbcStoredSecretStore implements StoredSecretStore {
    private final Database database;

    JdbcStoredSecretStore(Database database) {
        this.database = database;
    }

    @Override
    public void put(UUID tenantId, String name, String by, Instant at) {
        database.client()
                .sql("""
                        INSERT INTO stored_secrets (tenant_id, name, created_at, updated_at, created_by)
                        VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (tenant_id, name) DO UPDATE SET updated_at = excluded.updated_at""")
                .params(tenantId.toString(), name, Database.micros(at), Database.micros(at), by)
                .update();
    }

    @Override
    public boolean remove(UUID tenantId, String name) {
        return database.client()
                        .sql("DELETE FROM stored_secrets WHERE tenant_id = ? AND name = ?")
                        .params(tenantId.toString(), name)
                        .update()
                == 1;
    }

    @Override
    public boolean exists(UUID tenantId, String name) {
        return database.client()
                .sql("SELECT 1 FROM stored_secrets WHERE tenant_id = ? AND name = ?")
                .params(tenantId.toString(), name)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public List<StoredSecret> list(UUID tenantId, String after, int limit) {
        return database.client()
                .sql("""
                        SELECT name, created_at, updated_at, created_by FROM stored_secrets
                        WHERE tenant_id = ? AND name > ? ORDER BY name LIMIT ?""")
                .params(tenantId.toString(), after, limit)
                .query((row, number) -> new StoredSecret(
                        row.getString("name"),
                        Rows.instant(row, "created_at").orElseThrow(),
                        Rows.instant(row, "updated_at").orElseThrow(),
                        row.getString("created_by")))
                .list();
    }

    @Override
    public Optional<UUID> operatorsTenant() {
        return database.client()
                .sql("SELECT tenant_id FROM users WHERE operator = 1 ORDER BY created_at, user_id LIMIT 1")
                .query(String.class)
                .optional()
                .map(UUID::fromString);
    }
}
