package dev.tarn.sql;

import dev.tarn.platform.database.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

final class JdbcProfileStore implements ProfileStore {
    private final Database database;

    JdbcProfileStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<String> find(UUID tenantId, UUID tableId, long snapshotId) {
        return database.client()
                .sql("SELECT profile FROM table_profiles WHERE tenant_id = ? AND table_id = ? AND snapshot_id = ?")
                .params(tenantId.toString(), tableId.toString(), snapshotId)
                .query(String.class)
                .optional();
    }

    @Override
    public void keep(UUID tenantId, UUID tableId, long snapshotId, String profile, Instant at) {
        database.inTransaction(() -> {
            database.client()
                    .sql("DELETE FROM table_profiles WHERE tenant_id = ? AND table_id = ?")
                    .params(tenantId.toString(), tableId.toString())
                    .update();
            database.client()
                    .sql("""
                            INSERT INTO table_profiles (tenant_id, table_id, snapshot_id, profile, created_at)
                            VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                    .params(tenantId.toString(), tableId.toString(), snapshotId, profile, Database.micros(at))
                    .update();
        });
    }
}
