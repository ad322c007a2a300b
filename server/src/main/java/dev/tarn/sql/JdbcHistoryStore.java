package dev.tarn.sql;

import dev.tarn.engine.Reading;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import dev.tarn.platform.database.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

final class JdbcHistoryStore implements HistoryStore {
    private static final String GONE = "The server stopped while this ran";

    private static final int MOST_TABLES = 50;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<Reading.TableRead>> PLAN = new TypeReference<>() {};

    private final Database database;

    JdbcHistoryStore(Database database) {
        this.database = database;
    }

    @Override
    public void put(List<StatementRecord> records, String owner, Instant leaseUntil) {
        database.inTransaction(() -> records.forEach(record -> put(record, owner, leaseUntil)));
    }

    private void put(StatementRecord record, String owner, Instant leaseUntil) {
        Optional<StatementRecord.End> end = record.end();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(record.tenantId().toString());
        values.add(record.userId().toString());
        values.add(record.id().toString());
        values.add(record.workspaceId().toString());
        values.add(record.userName());
        values.add(record.contract());
        values.add(StoredText.of(record.statement()));
        values.add(record.state().text());
        values.add(Database.micros(record.startedAt()));
        values.add(end.map(when -> Database.micros(when.at())).orElse(null));
        values.add(end.map(StatementRecord.End::elapsedMs).orElse(null));
        values.add(end.flatMap(StatementRecord.End::rowCount).orElse(null));
        values.add(end.map(when -> when.reading().bytesScanned()).orElse(null));
        values.add(end.flatMap(StatementRecord.End::errorCode).orElse(null));
        values.add(end.flatMap(StatementRecord.End::errorDetail)
                .map(StoredText::of)
                .orElse(null));
        values.add(owner);
        values.add(Database.micros(leaseUntil));
        values.add(end.flatMap(when -> plan(when.reading().tables())).orElse(null));
        database.client().sql("""
                        INSERT INTO statement_history (tenant_id, user_id, statement_id, workspace_id, user_name, contract,
                            statement, state, started_at, finished_at, elapsed_ms, row_count, bytes_scanned, error_code,
                            error_detail, lease_owner, lease_until, plan)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (tenant_id, user_id, statement_id) DO UPDATE SET
                            workspace_id = excluded.workspace_id, user_name = excluded.user_name,
                            contract = excluded.contract, statement = excluded.statement, state = excluded.state,
                            started_at = excluded.started_at, finished_at = excluded.finished_at,
                            elapsed_ms = excluded.elapsed_ms, row_count = excluded.row_count,
                            bytes_scanned = excluded.bytes_scanned, error_code = excluded.error_code,
                            error_detail = excluded.error_detail, lease_owner = excluded.lease_owner,
                            lease_until = excluded.lease_until, plan = excluded.plan
                        WHERE excluded.state <> 'running' OR statement_history.state = 'running'
                            OR excluded.started_at > statement_history.started_at""").params(values).update();
    }

    @Override
    public List<StatementRecord> list(Filter filter, Optional<Place> after, int limit) {
        StringBuilder sql = new StringBuilder("SELECT * FROM statement_history WHERE tenant_id = ?");
        List<Object> values = new ArrayList<>(List.of(filter.tenantId().toString()));
        filter.user().ifPresent(user -> {
            sql.append(" AND user_id = ?");
            values.add(user.toString());
        });
        filter.state().ifPresent(state -> {
            sql.append(" AND state = ?");
            values.add(state.text());
        });
        filter.text().ifPresent(text -> {
            sql.append(" AND LOWER(statement) LIKE ? ESCAPE '!'");
            values.add("%" + escaped(text.toLowerCase(Locale.ROOT)) + "%");
        });
        after.ifPresent(place -> {
            sql.append(" AND (started_at < ? OR started_at = ? AND statement_id < ?)");
            values.add(Database.micros(place.startedAt()));
            values.add(Database.micros(place.startedAt()));
            values.add(place.id().toString());
        });
        sql.append(" ORDER BY started_at DESC, statement_id DESC LIMIT ?");
        values.add(limit);
        return database.client()
                .sql(sql.toString())
                .params(values)
                .query((row, number) -> record(row))
                .list();
    }

    /** A text to be found as it is, inside of a pattern. */
    static String escaped(String text) {
        return StoredText.of(text).replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    @Override
    public List<StatementRecord> named(UUID tenantId, UUID id) {
        return database.client()
                .sql(
                        "SELECT * FROM statement_history WHERE tenant_id = ? AND statement_id = ? ORDER BY started_at DESC")
                .params(tenantId.toString(), id.toString())
                .query((row, number) -> record(row))
                .list();
    }

    @Override
    public void renew(String owner, Instant leaseUntil) {
        database.inTransaction(() -> database.client()
                .sql("UPDATE statement_history SET lease_until = ? WHERE lease_owner = ? AND state = 'running'")
                .params(Database.micros(leaseUntil), owner)
                .update());
    }

    @Override
    public void endExpired(Instant now) {
        end("lease_until < ?", Database.micros(now), now);
    }

    @Override
    public void endOthers(String owner, Instant now) {
        end("lease_owner <> ?", owner, now);
    }

    private void end(String which, Object value, Instant now) {
        database.inTransaction(() -> database.client()
                .sql("""
                        UPDATE statement_history
                        SET state = 'failed', finished_at = ?, error_code = ?, error_detail = ?
                        WHERE state = 'running' AND\s""" + which)
                .params(Database.micros(now), ErrorCode.STOPPING.code(), GONE, value)
                .update());
    }

    @Override
    public void purge(Instant before) {
        database.inTransaction(() -> database.client()
                .sql("DELETE FROM statement_history WHERE started_at < ? AND state <> 'running'")
                .param(Database.micros(before))
                .update());
    }

    @Override
    public int trim(UUID tenantId, UUID userId, int kept, int limit) {
        List<String> user = List.of(tenantId.toString(), userId.toString());
        // The primary key alone answers this, and nearly always that is all.
        int there = database.client()
                .sql("SELECT COUNT(*) FROM statement_history WHERE tenant_id = ? AND user_id = ?")
                .params(user)
                .query(Integer.class)
                .single();
        if (there <= kept) {
            return 0;
        }
        return database.inTransaction(() -> database.client()
                .sql("""
                        DELETE FROM statement_history
                        WHERE tenant_id = ? AND user_id = ? AND state <> 'running' AND statement_id IN (
                            SELECT statement_id FROM statement_history
                            WHERE tenant_id = ? AND user_id = ? AND state <> 'running'
                            ORDER BY started_at, statement_id LIMIT ?)""")
                .params(user)
                .params(user)
                .param(Math.min(there - kept, limit))
                .update());
    }

    private static StatementRecord record(ResultSet row) throws SQLException {
        Optional<Instant> finished = Rows.instant(row, "finished_at");
        Optional<StatementRecord.End> end = finished.isEmpty()
                ? Optional.empty()
                : Optional.of(new StatementRecord.End(
                        finished.get(),
                        row.getLong("elapsed_ms"),
                        rowCount(row),
                        new Reading(row.getLong("bytes_scanned"), plan(row.getString("plan"))),
                        Optional.ofNullable(row.getString("error_code")),
                        Optional.ofNullable(row.getString("error_detail"))));
        return new StatementRecord(
                Rows.uuid(row, "statement_id"),
                Rows.uuid(row, "tenant_id"),
                Rows.uuid(row, "user_id"),
                row.getString("user_name"),
                Rows.uuid(row, "workspace_id"),
                row.getString("contract"),
                row.getString("statement"),
                StatementRecord.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Rows.instant(row, "started_at").orElseThrow(),
                end);
    }

    private static Optional<String> plan(List<Reading.TableRead> tables) {
        return tables.isEmpty()
                ? Optional.empty()
                : Optional.of(StoredText.of(JSON.writeValueAsString(
                        tables.stream().limit(MOST_TABLES).toList())));
    }

    private static List<Reading.TableRead> plan(@Nullable String text) {
        return text == null ? List.of() : JSON.readValue(text, PLAN);
    }

    private static Optional<Long> rowCount(ResultSet row) throws SQLException {
        long rows = row.getLong("row_count");
        return row.wasNull() ? Optional.empty() : Optional.of(rows);
    }
}
