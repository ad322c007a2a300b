package dev.tarn.catalog;

import dev.tarn.platform.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Plans of scans in the platform's database. */
final class JdbcScanPlanStore implements ScanPlanStore {
    private static final String OWN = " WHERE tenant_id = ? AND plan_id = ?";

    private final Database database;

    JdbcScanPlanStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(ScanPlan plan, int most) {
        String tenant = plan.tenantId().toString();
        String user = plan.userId().toString();
        database.inTransaction(() -> {
            update(
                    """
                    INSERT INTO scan_plans (tenant_id, plan_id, user_id, table_uuid, snapshot_id, schema_id, request, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                    tenant,
                    plan.id().toString(),
                    user,
                    plan.tableUuid(),
                    plan.snapshotId().isEmpty() ? null : plan.snapshotId().getAsLong(),
                    plan.schemaId(),
                    plan.request(),
                    Database.micros(plan.expiresAt()));
            // Ids are in the order of time.
            update("""
                    DELETE FROM scan_plans WHERE tenant_id = ? AND user_id = ? AND plan_id <= (
                        SELECT plan_id FROM scan_plans WHERE tenant_id = ? AND user_id = ?
                        ORDER BY plan_id DESC LIMIT 1 OFFSET ?)""", tenant, user, tenant, user, most);
        });
    }

    @Override
    public Optional<ScanPlan> find(UUID tenantId, UUID id) {
        return database.client()
                .sql("SELECT * FROM scan_plans" + OWN)
                .params(tenantId.toString(), id.toString())
                .query((row, number) -> plan(row))
                .optional();
    }

    @Override
    public List<ScanPlan> ofTable(UUID tenantId, String tableUuid, Instant now) {
        return database.client()
                .sql("SELECT * FROM scan_plans WHERE tenant_id = ? AND table_uuid = ? AND expires_at > ?")
                .params(tenantId.toString(), tableUuid, Database.micros(now))
                .query((row, number) -> plan(row))
                .list();
    }

    private static ScanPlan plan(ResultSet row) throws SQLException {
        long number = row.getLong("snapshot_id");
        OptionalLong snapshot = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
        return new ScanPlan(
                UUID.fromString(row.getString("tenant_id")),
                UUID.fromString(row.getString("user_id")),
                UUID.fromString(row.getString("plan_id")),
                row.getString("table_uuid"),
                snapshot,
                row.getInt("schema_id"),
                row.getString("request"),
                Database.instant(row.getLong("expires_at")));
    }

    @Override
    public boolean remove(UUID tenantId, UUID id) {
        return update("DELETE FROM scan_plans" + OWN, tenantId.toString(), id.toString()) == 1;
    }

    @Override
    public void removeExpired(Instant now) {
        update("DELETE FROM scan_plans WHERE expires_at <= ?", Database.micros(now));
    }

    private int update(String sql, @org.jspecify.annotations.Nullable Object... values) {
        return database.inTransaction(
                () -> database.client().sql(sql).params(Arrays.asList(values)).update());
    }
}
