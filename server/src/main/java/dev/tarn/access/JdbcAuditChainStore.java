package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class JdbcAuditChainStore implements AuditChainStore {
    /** Entries of one UPDATE: three values each, well under the parameters that either database takes. */
    private static final int ROWS_AT_ONCE = 200;

    private final Database database;

    JdbcAuditChainStore(Database database) {
        this.database = database;
    }

    @Override
    public List<UUID> unsealedTenants() {
        return database.client()
                .sql("SELECT DISTINCT tenant_id FROM audit_entries WHERE sequence IS NULL")
                .query((row, number) -> Rows.uuid(row, "tenant_id"))
                .list();
    }

    @Override
    public List<UUID> entryTenants() {
        return database.client()
                .sql("SELECT DISTINCT tenant_id FROM audit_entries")
                .query((row, number) -> Rows.uuid(row, "tenant_id"))
                .list();
    }

    @Override
    public List<UUID> tenants() {
        return database.client()
                .sql("SELECT tenant_id FROM audit_heads ORDER BY tenant_id")
                .query((row, number) -> Rows.uuid(row, "tenant_id"))
                .list();
    }

    @Override
    public boolean lease(UUID tenantId, String owner, Instant now, Instant until, Instant absurd) {
        if (take(tenantId, owner, now, until, absurd)) {
            return true;
        }
        int made = database.client()
                .sql("""
                        INSERT INTO audit_heads (tenant_id, sequence, hash, sealed_at, base_sequence, base_hash, lease_owner,
                            lease_until)
                        VALUES (?, 0, ?, ?, 0, ?, ?, ?) ON CONFLICT (tenant_id) DO NOTHING""")
                .params(
                        tenantId.toString(),
                        AuditChain.BEGINNING,
                        Database.micros(now),
                        AuditChain.BEGINNING,
                        owner,
                        Database.micros(until))
                .update();
        return made == 1;
    }

    private boolean take(UUID tenantId, String owner, Instant now, Instant until, Instant absurd) {
        return database.client()
                        .sql("""
                                UPDATE audit_heads SET lease_owner = ?, lease_until = ?
                                WHERE tenant_id = ? AND (lease_owner = ? OR lease_until < ? OR lease_until > ?)""")
                        .params(
                                owner,
                                Database.micros(until),
                                tenantId.toString(),
                                owner,
                                Database.micros(now),
                                Database.micros(absurd))
                        .update()
                == 1;
    }

    @Override
    public Optional<Head> head(UUID tenantId) {
        return database.client()
                .sql("SELECT * FROM audit_heads WHERE tenant_id = ?")
                .param(tenantId.toString())
                .query((row, number) -> new Head(
                        row.getLong("sequence"),
                        row.getString("hash"),
                        Rows.instant(row, "sealed_at").orElseThrow(),
                        row.getLong("base_sequence"),
                        row.getString("base_hash")))
                .optional();
    }

    @Override
    public List<Row> unsealed(UUID tenantId, int limit) {
        return database.client()
                .sql("SELECT * FROM audit_entries WHERE tenant_id = ? AND sequence IS NULL ORDER BY entry_id LIMIT ?")
                .params(tenantId.toString(), limit)
                .query((row, number) -> row(row))
                .list();
    }

    @Override
    public void seal(UUID tenantId, List<Seal> seals, int encoding) {
        for (int from = 0; from < seals.size(); from += ROWS_AT_ONCE) {
            write(tenantId, seals.subList(from, Math.min(seals.size(), from + ROWS_AT_ONCE)), encoding);
        }
    }

    private void write(UUID tenantId, List<Seal> seals, int encoding) {
        List<Object> values = new ArrayList<>(seals.size() * 3 + 2);
        values.add(encoding);
        for (Seal seal : seals) {
            values.add(seal.id());
            values.add(seal.sequence());
            values.add(seal.hash());
        }
        values.add(tenantId.toString());
        String rows = String.join(", ", Collections.nCopies(seals.size(), "(?, ?, ?)"));
        int written = database.client().sql("""
                        UPDATE audit_entries SET sequence = seals.column2, hash = seals.column3, encoding = ?
                        FROM (VALUES %s) AS seals
                        WHERE tenant_id = ? AND entry_id = seals.column1 AND sequence IS NULL""".formatted(rows)).params(values).update();
        if (written != seals.size()) {
            throw new IllegalStateException("Of %d entries of the audit trail %d were sealed meanwhile"
                    .formatted(seals.size(), seals.size() - written));
        }
    }

    @Override
    public boolean move(UUID tenantId, Head from, Head to) {
        return database.client()
                        .sql("""
                                UPDATE audit_heads
                                SET sequence = ?, hash = ?, sealed_at = ?, base_sequence = ?, base_hash = ?
                                WHERE tenant_id = ? AND sequence = ? AND hash = ? AND base_sequence = ?""")
                        .params(
                                to.sequence(),
                                to.hash(),
                                Database.micros(to.sealedAt()),
                                to.base(),
                                to.baseHash(),
                                tenantId.toString(),
                                from.sequence(),
                                from.hash(),
                                from.base())
                        .update()
                == 1;
    }

    @Override
    public List<Sealed> after(UUID tenantId, long sequence, int limit) {
        return database.client()
                .sql(
                        "SELECT * FROM audit_entries WHERE tenant_id = ? AND sequence > ? ORDER BY sequence, entry_id LIMIT ?")
                .params(tenantId.toString(), sequence, limit)
                .query((row, number) ->
                        new Sealed(row(row), row.getLong("sequence"), row.getString("hash"), row.getInt("encoding")))
                .list();
    }

    @Override
    public List<Place> places(UUID tenantId, long after, int limit) {
        return database.client()
                .sql("""
                        SELECT sequence, hash, at FROM audit_entries WHERE tenant_id = ? AND sequence > ?
                        ORDER BY sequence LIMIT ?""")
                .params(tenantId.toString(), after, limit)
                .query((row, number) -> new Place(
                        row.getLong("sequence"),
                        row.getString("hash"),
                        Rows.instant(row, "at").orElseThrow()))
                .list();
    }

    @Override
    public int remove(UUID tenantId, long base, long through) {
        return database.client()
                .sql("DELETE FROM audit_entries WHERE tenant_id = ? AND sequence > ? AND sequence <= ?")
                .params(tenantId.toString(), base, through)
                .update();
    }

    @Override
    public long count(UUID tenantId, long after, long through) {
        return database.client()
                .sql("SELECT count(*) FROM audit_entries WHERE tenant_id = ? AND sequence > ? AND sequence <= ?")
                .params(tenantId.toString(), after, through)
                .query(Long.class)
                .single();
    }

    @Override
    public long countUnsealed(UUID tenantId) {
        return database.client()
                .sql("""
                        SELECT count(*) FROM (
                            SELECT entry_id FROM audit_entries WHERE tenant_id = ? AND sequence IS NULL
                            ORDER BY entry_id LIMIT ?) AS unsealed""")
                // With an order and a limit SQLite takes the index of these few and not one of all.
                .params(tenantId.toString(), Integer.MAX_VALUE)
                .query(Long.class)
                .single();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("tenant_id"),
                row.getString("entry_id"),
                row.getLong("at"),
                row.getString("actor_kind"),
                row.getString("actor_id"),
                row.getString("actor_name"),
                row.getString("verb"),
                row.getString("resource"),
                row.getString("outcome"),
                row.getString("request_id"),
                row.getString("address"),
                row.getString("details"));
    }
}
