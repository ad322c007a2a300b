package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.JobOwner;
import dev.tarn.platform.database.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;

/** Dropped tables in the platform's database. */
final class JdbcDroppedTableStore implements DroppedTableStore {
    private static final String SELECT = """
            SELECT tenant_id, dropped_id, table_namespace, table_name, metadata_location, table_location, user_id, user_name,
                workspace_id, dropped_at, expires_at FROM dropped_tables
            """;
    private static final String LAST_FIRST = " ORDER BY dropped_at DESC, dropped_id DESC LIMIT ?";
    private static final RowMapper<DroppedTable> TABLE = (row, number) -> new DroppedTable(
            UUID.fromString(row.getString("dropped_id")),
            row.getString("table_namespace"),
            row.getString("table_name"),
            row.getString("metadata_location"),
            row.getString("table_location"),
            new JobOwner(
                    UUID.fromString(row.getString("tenant_id")),
                    UUID.fromString(row.getString("workspace_id")),
                    UUID.fromString(row.getString("user_id")),
                    row.getString("user_name"),
                    Optional.empty(),
                    Caller.Origin.LOCAL),
            Database.instant(row.getLong("dropped_at")),
            Database.instant(row.getLong("expires_at")));

    private final Database database;

    JdbcDroppedTableStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(DroppedTable table) {
        update(
                """
                INSERT INTO dropped_tables (tenant_id, dropped_id, table_namespace, table_name, metadata_location,
                    table_location, user_id, user_name, workspace_id, dropped_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                table.tenantId().toString(),
                table.id().toString(),
                table.namespace(),
                table.name(),
                table.metadataLocation(),
                table.location(),
                table.owner().userId().toString(),
                table.owner().userName(),
                table.owner().workspaceId().toString(),
                Database.micros(table.droppedAt()),
                Database.micros(table.expiresAt()));
    }

    @Override
    public List<DroppedTable> list(UUID tenantId, int limit) {
        return select(SELECT + "WHERE tenant_id = ?" + LAST_FIRST, tenantId.toString(), limit);
    }

    @Override
    public List<DroppedTable> named(UUID tenantId, String namespace, String name, int limit) {
        return select(
                SELECT + "WHERE tenant_id = ? AND LOWER(table_namespace) = LOWER(?) AND LOWER(table_name) = LOWER(?)"
                        + LAST_FIRST,
                tenantId.toString(),
                namespace,
                name,
                limit);
    }

    @Override
    public Optional<DroppedTable> find(UUID tenantId, UUID id) {
        return select(SELECT + "WHERE tenant_id = ? AND dropped_id = ?", tenantId.toString(), id.toString()).stream()
                .findFirst();
    }

    @Override
    public boolean contains(DroppedTable table) {
        return find(table.tenantId(), table.id()).isPresent();
    }

    @Override
    public boolean remove(DroppedTable table) {
        return update(
                        "DELETE FROM dropped_tables WHERE tenant_id = ? AND dropped_id = ?",
                        table.tenantId().toString(),
                        table.id().toString())
                == 1;
    }

    @Override
    public List<DroppedTable> expired(Instant now, int limit) {
        return select(
                SELECT + "WHERE expires_at <= ? ORDER BY expires_at, dropped_id LIMIT ?", Database.micros(now), limit);
    }

    private List<DroppedTable> select(String sql, Object... values) {
        return database.client().sql(sql).params(values).query(TABLE).list();
    }

    private int update(String sql, Object... values) {
        return database.inTransaction(
                () -> database.client().sql(sql).params(values).update());
    }
}
