package dev.tarn.loading;

import dev.tarn.catalog.WriteMode;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** {@link LoadStore} in the platform's database. */
final class JdbcLoadStore implements LoadStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String THIS = " WHERE tenant_id = ? AND load_id = ?";
    private static final String OPEN = " AND state IN ('receiving', 'running')";

    private final Database database;

    JdbcLoadStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean insert(UUID tenantId, Load load, String owner, Instant leaseUntil) {
        return database.inTransaction(() -> add(tenantId, load, owner, leaseUntil)
                || (removeUnsuccessful(tenantId, load) && add(tenantId, load, owner, leaseUntil)));
    }

    private boolean removeUnsuccessful(UUID tenantId, Load load) {
        return update(
                        "DELETE FROM loads" + THIS + " AND user_id = ? AND state IN ('failed', 'cancelled')",
                        tenantId.toString(),
                        load.id().toString(),
                        load.userId().toString())
                == 1;
    }

    private boolean add(UUID tenantId, Load load, String owner, Instant leaseUntil) {
        return update(
                        """
                        INSERT INTO loads (tenant_id, load_id, user_id, user_name, state, table_name, mode, file_name,
                            options, cancel_requested, lease_owner, lease_until, started_at, bytes_total, bytes_read,
                            rows_read)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, 0, 0) ON CONFLICT DO NOTHING""",
                        tenantId.toString(),
                        load.id().toString(),
                        load.userId().toString(),
                        load.userName(),
                        load.state().text(),
                        load.table(),
                        mode(load.mode()),
                        load.fileName(),
                        JSON.writeValueAsString(load.options()),
                        owner,
                        Database.micros(leaseUntil),
                        Database.micros(load.startedAt()),
                        load.bytesTotal().isPresent() ? load.bytesTotal().getAsLong() : null)
                == 1;
    }

    @Override
    public Optional<Load> find(LoadKey key, Instant now) {
        return database.client()
                .sql("SELECT * FROM loads" + THIS)
                .params(key.tenantId().toString(), key.id().toString())
                .query((row, number) -> load(row, now))
                .optional();
    }

    @Override
    public List<Load> list(UUID tenantId, Filter filter, PageRequest page, Instant now) {
        StringBuilder sql = new StringBuilder("SELECT * FROM loads WHERE tenant_id = ?");
        List<Object> values = new ArrayList<>(List.of(tenantId.toString()));
        filter.userId().ifPresent(user -> {
            sql.append(" AND user_id = ?");
            values.add(user.toString());
        });
        filter.table().ifPresent(table -> {
            sql.append(" AND table_name = ?");
            values.add(table);
        });
        filter.state().ifPresent(state -> {
            sql.append(
                    state == LoadState.FAILED
                            ? " AND (state = ? OR (state IN ('receiving', 'running') AND lease_until < ?))"
                            : " AND state = ? AND (state NOT IN ('receiving', 'running') OR lease_until >= ?)");
            values.add(state.text());
            values.add(Database.micros(now));
        });
        page.cursor().ifPresent(cursor -> {
            sql.append(" AND (started_at, load_id) < (?, ?)");
            values.addAll(place(cursor));
        });
        sql.append(" ORDER BY started_at DESC, load_id DESC LIMIT ?");
        values.add(page.limit() + 1);
        return database.client()
                .sql(sql.toString())
                .params(values)
                .query((row, number) -> load(row, now))
                .list();
    }

    private static List<Object> place(String cursor) {
        try {
            int blank = cursor.indexOf(' ');
            if (blank > 0) {
                return List.of(Database.micros(Instant.parse(cursor.substring(0, blank))), cursor.substring(blank + 1));
            }
        } catch (DateTimeException e) {
            throw PageRequest.unknownCursor(e);
        }
        throw PageRequest.unknownCursor(new IllegalArgumentException("no blank"));
    }

    private static Load load(ResultSet row, Instant now) throws SQLException {
        LoadState stored = LoadState.of(row.getString("state"));
        Instant lease = Rows.instant(row, "lease_until").orElseThrow();
        boolean silent = !stored.isOver() && lease.isBefore(now);
        long total = row.getLong("bytes_total");
        OptionalLong bytesTotal = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(total);
        double share = row.getDouble("fraction");
        OptionalDouble fraction = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(share);
        Optional<LoadFailure> failure = read(row.getString("error"), LoadFailure.class);
        return new Load(
                Rows.uuid(row, "load_id"),
                Rows.uuid(row, "user_id"),
                row.getString("user_name"),
                silent ? LoadState.FAILED : stored,
                row.getString("table_name"),
                WriteMode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
                row.getString("file_name"),
                JSON.readValue(row.getString("options"), new TypeReference<Map<String, Object>>() {}),
                Rows.instant(row, "started_at").orElseThrow(),
                silent ? Optional.of(lease) : Rows.instant(row, "finished_at"),
                bytesTotal,
                row.getLong("bytes_read"),
                row.getLong("rows_read"),
                fraction,
                read(row.getString("result"), LoadResult.class),
                silent ? Optional.of(LoadFailure.SERVER_STOPPED) : failure,
                Rows.instant(row, "rejects_until"));
    }

    private static <T> Optional<T> read(@Nullable String json, Class<T> type) {
        return Optional.ofNullable(json).map(text -> JSON.readValue(text, type));
    }

    @Override
    public Optional<Boolean> beat(LoadKey key, String owner, Beat beat) {
        return database.inTransaction(() -> database.client()
                .sql("UPDATE loads SET lease_until = ?, bytes_read = ?, rows_read = ?, fraction = ?" + THIS
                        + " AND lease_owner = ?" + OPEN + " RETURNING cancel_requested")
                .param(Database.micros(beat.leaseUntil()))
                .param(beat.bytes())
                .param(beat.rows())
                .param(beat.fraction().isPresent() ? beat.fraction().getAsDouble() : null)
                .param(key.tenantId().toString())
                .param(key.id().toString())
                .param(owner)
                .query(Integer.class)
                .optional()
                .map(asked -> asked == 1));
    }

    @Override
    public boolean running(LoadKey key, String owner, String fileName, long bytes) {
        return update(
                        "UPDATE loads SET state = 'running', file_name = ?, bytes_total = ?, bytes_read = ?" + THIS
                                + " AND lease_owner = ?" + OPEN,
                        fileName,
                        bytes,
                        bytes,
                        key.tenantId().toString(),
                        key.id().toString(),
                        owner)
                == 1;
    }

    @Override
    public boolean complete(LoadKey key, String owner, Load load, Instant now) {
        return update(
                        "UPDATE loads SET state = 'completed', finished_at = ?, table_name = ?, options = ?, rows_read = ?, fraction = 1,"
                                + " result = ?, rejects_until = ?" + THIS
                                + " AND lease_owner = ? AND cancel_requested = 0 AND lease_until >= ?" + OPEN,
                        load.finishedAt().map(Database::micros).orElse(null),
                        load.table(),
                        JSON.writeValueAsString(load.options()),
                        load.rowsRead(),
                        JSON.writeValueAsString(load.result().orElseThrow()),
                        load.rejectsUntil().map(Database::micros).orElse(null),
                        key.tenantId().toString(),
                        key.id().toString(),
                        owner,
                        Database.micros(now))
                == 1;
    }

    @Override
    public void warn(LoadKey key, LoadResult result) {
        update(
                "UPDATE loads SET result = ?" + THIS + " AND state = 'completed'",
                JSON.writeValueAsString(result),
                key.tenantId().toString(),
                key.id().toString());
    }

    @Override
    public boolean end(LoadKey key, String owner, LoadState state, LoadFailure failure, Instant at) {
        return update(
                        "UPDATE loads SET state = ?, finished_at = ?, error = ?" + THIS + " AND lease_owner = ?" + OPEN,
                        state.text(),
                        Database.micros(at),
                        JSON.writeValueAsString(failure),
                        key.tenantId().toString(),
                        key.id().toString(),
                        owner)
                == 1;
    }

    @Override
    public void forget(LoadKey key, String owner) {
        update(
                "DELETE FROM loads" + THIS + " AND lease_owner = ?" + OPEN,
                key.tenantId().toString(),
                key.id().toString(),
                owner);
    }

    @Override
    public boolean askToCancel(LoadKey key, Instant now) {
        return update(
                        "UPDATE loads SET cancel_requested = 1" + THIS + " AND lease_until >= ?" + OPEN,
                        key.tenantId().toString(),
                        key.id().toString(),
                        Database.micros(now))
                == 1;
    }

    @Override
    public int endSilent(Instant now) {
        return update(
                "UPDATE loads SET state = 'failed', finished_at = lease_until, error = ?"
                        + " WHERE state IN ('receiving', 'running') AND lease_until < ?",
                JSON.writeValueAsString(LoadFailure.SERVER_STOPPED),
                Database.micros(now));
    }

    @Override
    public int endOthers(String owner, Instant now) {
        return update(
                "UPDATE loads SET state = 'failed', finished_at = ?, error = ?"
                        + " WHERE state IN ('receiving', 'running') AND lease_owner <> ?",
                Database.micros(now),
                JSON.writeValueAsString(LoadFailure.SERVER_STOPPED),
                owner);
    }

    @Override
    public List<LoadKey> expiredRejects(Instant now, int limit) {
        return database.client()
                .sql("SELECT tenant_id, load_id FROM loads WHERE rejects_until < ? ORDER BY rejects_until LIMIT ?")
                .params(Database.micros(now), limit)
                .query((row, number) -> new LoadKey(Rows.uuid(row, "tenant_id"), Rows.uuid(row, "load_id")))
                .list();
    }

    @Override
    public void forgetRejects(LoadKey key) {
        update(
                "UPDATE loads SET rejects_until = NULL" + THIS,
                key.tenantId().toString(),
                key.id().toString());
    }

    @Override
    public int removeEndedBefore(Instant instant) {
        return update("""
                DELETE FROM loads WHERE finished_at < ? AND rejects_until IS NULL AND NOT EXISTS (
                    SELECT 1 FROM loaded_contents c WHERE c.tenant_id = loads.tenant_id AND c.load_id = loads.load_id)""", Database.micros(instant));
    }

    private static String mode(WriteMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private int update(String sql, @Nullable Object... values) {
        return database.inTransaction(() -> {
            var statement = database.client().sql(sql);
            for (Object value : values) {
                statement = statement.param(value);
            }
            return statement.update();
        });
    }
}
