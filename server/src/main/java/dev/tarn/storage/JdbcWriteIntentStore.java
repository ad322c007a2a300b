package dev.tarn.storage;

import dev.tarn.platform.database.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;

/** Intents in the platform's database. */
final class JdbcWriteIntentStore implements WriteIntentStore {
    private static final String SELECT = """
            SELECT tenant_id, intent_id, table_name, table_location, new_table, lease_owner FROM write_intents
            """;
    private static final String ORDER = " ORDER BY created_at, intent_id LIMIT ?";
    private static final RowMapper<WriteIntent> INTENT = (row, number) -> new WriteIntent(
            UUID.fromString(row.getString("tenant_id")),
            UUID.fromString(row.getString("intent_id")),
            row.getString("table_name"),
            row.getString("table_location"),
            row.getInt("new_table") == 1,
            row.getString("lease_owner"));

    private final Database database;

    JdbcWriteIntentStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(WriteIntent intent, Instant leaseUntil, Instant createdAt) {
        update(
                """
                INSERT INTO write_intents (tenant_id, intent_id, table_name, table_location, new_table, lease_owner,
                    lease_until, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                intent.tenantId().toString(),
                intent.id().toString(),
                intent.table(),
                intent.location(),
                intent.wholeLocation() ? 1 : 0,
                intent.holder(),
                Database.micros(leaseUntil),
                Database.micros(createdAt));
    }

    @Override
    public boolean remove(WriteIntent intent) {
        return update(
                        "DELETE FROM write_intents WHERE tenant_id = ? AND intent_id = ? AND lease_owner = ?",
                        intent.tenantId().toString(),
                        intent.id().toString(),
                        intent.holder())
                == 1;
    }

    @Override
    public boolean hand(WriteIntent intent, String newHolder, Instant leaseUntil) {
        return update(
                        """
                        UPDATE write_intents SET lease_owner = ?, lease_until = ?
                        WHERE tenant_id = ? AND intent_id = ? AND lease_owner = ?""",
                        newHolder,
                        Database.micros(leaseUntil),
                        intent.tenantId().toString(),
                        intent.id().toString(),
                        intent.holder())
                == 1;
    }

    @Override
    public boolean takeExpired(WriteIntent intent, Instant now, String newHolder, Instant leaseUntil) {
        return update(
                        """
                        UPDATE write_intents SET lease_owner = ?, lease_until = ?
                        WHERE tenant_id = ? AND intent_id = ? AND lease_until < ?""",
                        newHolder,
                        Database.micros(leaseUntil),
                        intent.tenantId().toString(),
                        intent.id().toString(),
                        Database.micros(now))
                == 1;
    }

    @Override
    public void renew(String holder, Instant leaseUntil) {
        update("UPDATE write_intents SET lease_until = ? WHERE lease_owner = ?", Database.micros(leaseUntil), holder);
    }

    @Override
    public List<WriteIntent> expired(Instant now, int limit) {
        return select(SELECT + "WHERE lease_until < ?" + ORDER, Database.micros(now), limit);
    }

    @Override
    public List<WriteIntent> heldByOthers(String holder, String except, int limit) {
        return select(SELECT + "WHERE lease_owner <> ? AND lease_owner <> ?" + ORDER, holder, except, limit);
    }

    @Override
    public List<WriteIntent> at(UUID tenantId, String location) {
        return select(SELECT + "WHERE tenant_id = ? AND table_location = ?", tenantId.toString(), location);
    }

    @Override
    public List<WriteIntent> of(UUID tenantId, String table, String holder) {
        return select(
                SELECT + "WHERE tenant_id = ? AND table_name = ? AND lease_owner = ?",
                tenantId.toString(),
                table,
                holder);
    }

    private List<WriteIntent> select(String sql, Object... values) {
        return database.client().sql(sql).params(values).query(INTENT).list();
    }

    private int update(String sql, Object... values) {
        return database.inTransaction(
                () -> database.client().sql(sql).params(values).update());
    }
}
