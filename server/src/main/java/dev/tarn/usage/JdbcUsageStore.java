package dev.tarn.usage;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

final class JdbcUsageStore implements UsageStore {
    /** Rows of one INSERT: nine values each, well under the parameters that either database takes. */
    private static final int ROWS_AT_ONCE = 100;

    private final Database database;

    JdbcUsageStore(Database database) {
        this.database = database;
    }

    @Override
    public void append(List<Entry> entries) {
        for (int from = 0; from < entries.size(); from += ROWS_AT_ONCE) {
            insert(entries.subList(from, Math.min(entries.size(), from + ROWS_AT_ONCE)));
        }
    }

    private void insert(List<Entry> entries) {
        List<Object> values = new ArrayList<>(entries.size() * 9);
        for (Entry entry : entries) {
            values.add(entry.tenantId().toString());
            values.add(entry.workspaceId().toString());
            values.add(entry.id().toString());
            values.add(Database.micros(entry.at()));
            values.add(entry.userId().toString());
            values.add(entry.kind().text());
            values.add(entry.bytesScanned());
            values.add(entry.elapsedMs());
            values.add(entry.requestId());
        }
        String rows = String.join(", ", Collections.nCopies(entries.size(), "(?, ?, ?, ?, ?, ?, ?, ?, ?)"));
        database.client().sql("""
                        INSERT INTO usage_entries (tenant_id, workspace_id, entry_id, at, user_id, kind, bytes_scanned,
                            elapsed_ms, request_id) VALUES\s""" + rows).params(values).update();
    }

    @Override
    public List<Entry> newest(UUID tenantId, int limit) {
        return database.client()
                .sql("SELECT * FROM usage_entries WHERE tenant_id = ? ORDER BY at DESC, entry_id DESC LIMIT ?")
                .params(tenantId.toString(), limit)
                .query((row, number) -> new Entry(
                        Rows.uuid(row, "tenant_id"),
                        Rows.uuid(row, "workspace_id"),
                        Rows.uuid(row, "entry_id"),
                        Rows.instant(row, "at").orElseThrow(),
                        Rows.uuid(row, "user_id"),
                        UsageKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getLong("bytes_scanned"),
                        row.getLong("elapsed_ms"),
                        row.getString("request_id")))
                .list();
    }
}
