package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.util.List;
import java.util.UUID;

final class JdbcAuditStore implements AuditStore {
    private final Database database;

    JdbcAuditStore(Database database) {
        this.database = database;
    }

    @Override
    public void append(Entry entry) {
        database.client()
                .sql("""
                        INSERT INTO audit_entries (tenant_id, entry_id, at, actor_kind, actor_id, actor_name, verb,
                            resource, outcome, request_id, address, details)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        entry.tenantId().toString(),
                        entry.id().toString(),
                        Database.micros(entry.at()),
                        entry.actorKind(),
                        entry.actorId().toString(),
                        entry.actorName(),
                        entry.verb(),
                        entry.resource(),
                        entry.outcome(),
                        entry.requestId(),
                        entry.address(),
                        entry.details())
                .update();
    }

    @Override
    public List<Entry> newest(UUID tenantId, int limit) {
        return database.client()
                .sql("SELECT * FROM audit_entries WHERE tenant_id = ? ORDER BY at DESC, entry_id DESC LIMIT ?")
                .params(tenantId.toString(), limit)
                .query((row, number) -> new Entry(
                        Rows.uuid(row, "tenant_id"),
                        Rows.uuid(row, "entry_id"),
                        Rows.instant(row, "at").orElseThrow(),
                        row.getString("actor_kind"),
                        Rows.uuid(row, "actor_id"),
                        row.getString("actor_name"),
                        row.getString("verb"),
                        row.getString("resource"),
                        row.getString("outcome"),
                        row.getString("request_id"),
                        row.getString("address"),
                        row.getString("details")))
                .list();
    }
}
