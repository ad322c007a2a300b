package dev.tarn.sql;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

final class JdbcSavedStatementStore implements SavedStatementStore {
    private static final String SELECT = """
            SELECT s.*, u.name AS user_name FROM saved_statements s
            JOIN users u ON u.tenant_id = s.tenant_id AND u.user_id = s.user_id
            WHERE s.tenant_id = ?""";

    private final Database database;

    JdbcSavedStatementStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(UUID tenantId, SavedStatement saved) {
        SavedStatement.Content content = saved.content();
        database.client()
                .sql("""
                        INSERT INTO saved_statements (tenant_id, saved_id, user_id, name, description, statement,
                            parameters, chart, shared, version, created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(Arrays.asList(
                        tenantId.toString(),
                        saved.id().toString(),
                        saved.userId().toString(),
                        content.name(),
                        content.description(),
                        content.statement(),
                        content.parameters(),
                        content.chart().orElse(null),
                        content.shared() ? 1 : 0,
                        saved.version(),
                        Database.micros(saved.createdAt()),
                        Database.micros(saved.updatedAt())))
                .update();
    }

    @Override
    public boolean update(UUID tenantId, UUID id, int version, SavedStatement.Content content, Instant at) {
        return database.client()
                        .sql("""
                                UPDATE saved_statements SET name = ?, description = ?, statement = ?, parameters = ?,
                                    chart = ?, shared = ?, version = version + 1, updated_at = ?
                                WHERE tenant_id = ? AND saved_id = ? AND version = ?""")
                        .params(Arrays.asList(
                                content.name(),
                                content.description(),
                                content.statement(),
                                content.parameters(),
                                content.chart().orElse(null),
                                content.shared() ? 1 : 0,
                                Database.micros(at),
                                tenantId.toString(),
                                id.toString(),
                                version))
                        .update()
                == 1;
    }

    @Override
    public boolean delete(UUID tenantId, UUID id) {
        return database.client()
                        .sql("DELETE FROM saved_statements WHERE tenant_id = ? AND saved_id = ?")
                        .params(tenantId.toString(), id.toString())
                        .update()
                == 1;
    }

    @Override
    public Optional<SavedStatement> find(UUID tenantId, UUID id) {
        return database.client()
                .sql(SELECT + " AND s.saved_id = ?")
                .params(tenantId.toString(), id.toString())
                .query((row, number) -> saved(row))
                .optional();
    }

    @Override
    public List<SavedStatement> list(
            UUID tenantId, UUID userId, Optional<String> text, Optional<Place> after, int limit) {
        StringBuilder sql = new StringBuilder(SELECT).append(" AND (s.user_id = ? OR s.shared = 1)");
        List<Object> values = new ArrayList<>(List.of(tenantId.toString(), userId.toString()));
        text.ifPresent(wanted -> {
            String pattern = "%" + JdbcHistoryStore.escaped(wanted.toLowerCase(Locale.ROOT)) + "%";
            sql.append("""
                     AND (LOWER(s.name) LIKE ? ESCAPE '!' OR LOWER(s.description) LIKE ? ESCAPE '!'
                        OR LOWER(s.statement) LIKE ? ESCAPE '!')""");
            values.addAll(List.of(pattern, pattern, pattern));
        });
        after.ifPresent(place -> {
            sql.append(" AND (s.name > ? OR s.name = ? AND s.saved_id > ?)");
            values.addAll(List.of(place.name(), place.name(), place.id().toString()));
        });
        sql.append(" ORDER BY s.name, s.saved_id LIMIT ?");
        values.add(limit);
        return database.client()
                .sql(sql.toString())
                .params(values)
                .query((row, number) -> saved(row))
                .list();
    }

    private static SavedStatement saved(ResultSet row) throws SQLException {
        return new SavedStatement(
                Rows.uuid(row, "saved_id"),
                Rows.uuid(row, "user_id"),
                row.getString("user_name"),
                new SavedStatement.Content(
                        row.getString("name"),
                        row.getString("description"),
                        row.getString("statement"),
                        row.getString("parameters"),
                        Optional.ofNullable(row.getString("chart")),
                        row.getInt("shared") == 1),
                row.getInt("version"),
                Rows.instant(row, "created_at").orElseThrow(),
                Rows.instant(row, "updated_at").orElseThrow());
    }
}
