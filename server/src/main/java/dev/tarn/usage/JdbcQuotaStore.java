package dev.tarn.usage;

import dev.tarn.platform.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

final class JdbcQuotaStore implements QuotaStore {
    private final Database database;

    JdbcQuotaStore(Database database) {
        this.database = database;
    }

    @Override
    public Quota find(UUID tenantId) {
        return database.client()
                .sql("SELECT storage_bytes, scanned_bytes_day, scanned_bytes_month FROM quotas WHERE tenant_id = ?")
                .param(tenantId.toString())
                .query((row, number) -> new Quota(
                        bytes(row, "storage_bytes"),
                        bytes(row, "scanned_bytes_day"),
                        bytes(row, "scanned_bytes_month")))
                .optional()
                .orElse(Quota.NONE);
    }

    @Override
    public void put(UUID tenantId, Quota quota, String by, Instant at) {
        database.client()
                .sql("""
                        INSERT INTO quotas (tenant_id, storage_bytes, scanned_bytes_day, scanned_bytes_month, updated_at,
                            updated_by)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (tenant_id) DO UPDATE SET storage_bytes = excluded.storage_bytes,
                            scanned_bytes_day = excluded.scanned_bytes_day,
                            scanned_bytes_month = excluded.scanned_bytes_month, updated_at = excluded.updated_at,
                            updated_by = excluded.updated_by""")
                .param(tenantId.toString())
                .param(quota.storageBytes().orElse(null))
                .param(quota.scannedBytesDay().orElse(null))
                .param(quota.scannedBytesMonth().orElse(null))
                .param(Database.micros(at))
                .param(by)
                .update();
    }

    private static Optional<Long> bytes(ResultSet row, String column) throws SQLException {
        long bytes = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(bytes);
    }
}
