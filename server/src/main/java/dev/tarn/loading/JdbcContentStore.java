package dev.tarn.loading;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.util.Locale;
import java.util.Optional;

/** {@link ContentStore} in the platform's database. */
final class JdbcContentStore implements ContentStore {
    private static final String THIS = " WHERE tenant_id = ? AND table_location = ? AND mode = ? AND content_hash = ?";

    private final Database database;

    JdbcContentStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Taken> find(Content content) {
        return database.client()
                .sql("SELECT load_id, snapshot_id FROM loaded_contents" + THIS)
                .params(content.tenantId().toString(), content.tableLocation(), mode(content), content.hash())
                .query((row, number) -> new Taken(Rows.uuid(row, "load_id"), row.getLong("snapshot_id")))
                .optional();
    }

    @Override
    public boolean note(Content content, Taken taken, Optional<Taken> known) {
        return known.isPresent() ? renew(content, taken, known.get()) : add(content, taken);
    }

    @Override
    public void overwrite(Content content, Taken taken) {
        update(
                """
                INSERT INTO loaded_contents (load_id, snapshot_id, tenant_id, table_location, mode, content_hash)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (tenant_id, table_location, mode, content_hash)
                DO UPDATE SET load_id = excluded.load_id, snapshot_id = excluded.snapshot_id""",
                taken.loadId().toString(),
                taken.snapshotId(),
                content.tenantId().toString(),
                content.tableLocation(),
                mode(content),
                content.hash());
    }

    private boolean add(Content content, Taken taken) {
        return update(
                """
                INSERT INTO loaded_contents (load_id, snapshot_id, tenant_id, table_location, mode, content_hash)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                taken.loadId().toString(),
                taken.snapshotId(),
                content.tenantId().toString(),
                content.tableLocation(),
                mode(content),
                content.hash());
    }

    private boolean renew(Content content, Taken taken, Taken known) {
        return update(
                "UPDATE loaded_contents SET load_id = ?, snapshot_id = ?" + THIS + " AND load_id = ?",
                taken.loadId().toString(),
                taken.snapshotId(),
                content.tenantId().toString(),
                content.tableLocation(),
                mode(content),
                content.hash(),
                known.loadId().toString());
    }

    private static String mode(Content content) {
        return content.mode().name().toLowerCase(Locale.ROOT);
    }

    private boolean update(String sql, Object... values) {
        return database.inTransaction(
                        () -> database.client().sql(sql).params(values).update())
                == 1;
    }
}
