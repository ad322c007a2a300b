package dev.tarn.usage;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class JdbcUsageStore implements UsageStore {
    /** Rows of one INSERT: seventeen values each, well under the parameters that either database takes. */
    private static final int ROWS_AT_ONCE = 100;

    private static final long QUARTER_HOUR = Duration.ofMinutes(15).toNanos() / 1_000;
    private static final long DAY = Duration.ofDays(1).toNanos() / 1_000;
    private static final String SUMS = """
            SUM(e.calls) AS calls, SUM(e.statements) AS statements, SUM(e.bytes_scanned) AS bytes_scanned,
            SUM(e.bytes_loaded) AS bytes_loaded, SUM(e.job_ms) AS job_ms, SUM(e.model_tokens) AS model_tokens""";

    private final Database database;

    JdbcUsageStore(Database database) {
        this.database = database;
    }

    @Override
    public void append(List<Entry> entries) {
        List<Entry> all = List.copyOf(highestCounts(entries));
        Set<UUID> added = new HashSet<>();
        for (int from = 0; from < all.size(); from += ROWS_AT_ONCE) {
            List<Entry> some = all.subList(from, Math.min(all.size(), from + ROWS_AT_ONCE));
            insert(
                    some.stream()
                            .filter(entry -> entry.amount().bytesScanned() == 0)
                            .toList(),
                    """
                    ON CONFLICT (tenant_id, entry_id) DO UPDATE SET calls =
                        CASE WHEN excluded.calls > usage_entries.calls THEN excluded.calls ELSE usage_entries.calls END
                    """);
            added.addAll(insert(
                    some.stream()
                            .filter(entry -> entry.amount().bytesScanned() > 0)
                            .toList(),
                    "ON CONFLICT (tenant_id, entry_id) DO NOTHING"));
        }
        addToDays(all.stream().filter(entry -> added.contains(entry.id())).toList());
    }

    /** One statement must not change a row twice. */
    private static Collection<Entry> highestCounts(List<Entry> entries) {
        Map<UUID, Entry> highest = new LinkedHashMap<>();
        for (Entry entry : entries) {
            highest.merge(
                    entry.id(),
                    entry,
                    (one, other) -> one.amount().calls() > other.amount().calls() ? one : other);
        }
        return highest.values();
    }

    private List<UUID> insert(List<Entry> entries, String onConflict) {
        if (entries.isEmpty()) {
            return List.of();
        }
        List<@Nullable Object> values = new ArrayList<>(entries.size() * 17);
        entries.forEach(entry -> addValues(entry, values));
        String row = "(" + String.join(", ", Collections.nCopies(17, "?")) + ")";
        String rows = String.join(", ", Collections.nCopies(entries.size(), row));
        return database.client()
                .sql("""
                        INSERT INTO usage_entries (tenant_id, workspace_id, entry_id, at, user_id, key_id, contract, kind,
                            calls, statements, bytes_scanned, bytes_loaded, job_ms, model_tokens, elapsed_ms, prices,
                            request_id)
                        VALUES %s %s RETURNING entry_id""".formatted(rows, onConflict))
                .params(values)
                .query((result, number) -> Rows.uuid(result, "entry_id"))
                .list();
    }

    private static void addValues(Entry entry, List<@Nullable Object> values) {
        values.add(entry.tenantId().toString());
        values.add(entry.workspaceId().toString());
        values.add(entry.id().toString());
        values.add(Database.micros(entry.at()));
        values.add(entry.userId().toString());
        values.add(entry.keyId().map(UUID::toString).orElse(null));
        values.add(entry.contract().orElse(null));
        values.add(entry.kind().text());
        values.add(entry.amount().calls());
        values.add(entry.amount().statements());
        values.add(entry.amount().bytesScanned());
        values.add(entry.amount().bytesLoaded());
        values.add(entry.amount().jobMs());
        values.add(entry.amount().modelTokens());
        values.add(entry.elapsedMs());
        values.add(entry.prices().orElse(null));
        values.add(entry.requestId());
    }

    /** In one order for all servers, so that none waits for another that waits for it. */
    private void addToDays(List<Entry> entries) {
        record Day(String tenantId, long day) {}
        Map<Day, Long> days = new TreeMap<>(Comparator.comparing(Day::tenantId).thenComparingLong(Day::day));
        entries.forEach(entry -> days.merge(
                new Day(entry.tenantId().toString(), Database.micros(entry.at()) / DAY),
                entry.amount().bytesScanned(),
                Long::sum));
        days.forEach((day, bytes) -> database.client()
                .sql("""
                        INSERT INTO scanned_days (tenant_id, day, bytes_scanned) VALUES (?, ?, ?)
                        ON CONFLICT (tenant_id, day)
                        DO UPDATE SET bytes_scanned = scanned_days.bytes_scanned + excluded.bytes_scanned""")
                .params(day.tenantId(), day.day(), bytes)
                .update());
    }

    @Override
    public List<Entry> list(Whose whose, UsagePeriod period, Optional<Place> after, int limit) {
        StringBuilder sql = new StringBuilder("SELECT * FROM usage_entries e WHERE ");
        List<Object> values = new ArrayList<>();
        addCondition(whose, period, sql, values);
        after.ifPresent(place -> {
            sql.append(" AND e.at <= ? AND (e.at < ? OR e.entry_id < ?)");
            values.addAll(List.of(
                    Database.micros(place.at()),
                    Database.micros(place.at()),
                    place.id().toString()));
        });
        sql.append(" ORDER BY e.at DESC, e.entry_id DESC LIMIT ?");
        values.add(limit);
        return database.client()
                .sql(sql.toString())
                .params(values)
                .query((row, number) -> entry(row))
                .list();
    }

    private static void addCondition(Whose whose, UsagePeriod period, StringBuilder sql, List<Object> values) {
        sql.append("e.tenant_id = ? AND e.at >= ? AND e.at < ?");
        values.add(whose.tenantId().toString());
        values.add(Database.micros(period.first()));
        values.add(Database.micros(period.end()));
        whose.userId().ifPresent(user -> {
            sql.append(" AND e.user_id = ?");
            values.add(user.toString());
        });
    }

    @Override
    public List<Sum> sums(Whose whose, UsagePeriod period, Group group) {
        String by = switch (group) {
            case QUARTER_HOUR -> "e.at / " + QUARTER_HOUR;
            case USER -> "e.user_id";
            case KEY -> "e.key_id";
            case KIND -> "e.kind";
        };
        String label = switch (group) {
            case QUARTER_HOUR, KIND -> "NULL";
            case USER -> "(SELECT u.name FROM users u WHERE u.tenant_id = ? AND u.user_id = s.grouped)";
            case KEY ->
                "(SELECT k.name || ' (' || k.shown_prefix || '...)' FROM api_keys k WHERE k.tenant_id = ? AND k.key_id = s.grouped)";
        };
        List<Object> values = new ArrayList<>();
        if (label.contains("?")) {
            values.add(whose.tenantId().toString());
        }
        StringBuilder sql = new StringBuilder("SELECT s.*, " + label + " AS label FROM (SELECT " + by
                + " AS grouped, e.prices AS prices, " + SUMS + " FROM usage_entries e WHERE ");
        addCondition(whose, period, sql, values);
        sql.append(" GROUP BY ").append(by).append(", e.prices) s");
        return database.client()
                .sql(sql.toString())
                .params(values)
                .query((row, number) -> new Sum(
                        Optional.ofNullable(row.getString("grouped")).orElse(""),
                        Optional.ofNullable(row.getString("label")),
                        Optional.ofNullable(row.getString("prices")),
                        amount(row)))
                .list();
    }

    @Override
    public long bytesScannedSince(UUID tenantId, long day) {
        return database.client()
                .sql("SELECT COALESCE(SUM(bytes_scanned), 0) FROM scanned_days WHERE tenant_id = ? AND day >= ?")
                .params(tenantId.toString(), day)
                .query(Long.class)
                .single();
    }

    @Override
    public int forget(Instant before, int limit) {
        int forgotten = 0;
        List<String> tenants = database.client()
                .sql("SELECT tenant_id FROM tenants")
                .query(String.class)
                .list();
        for (String tenant : tenants) {
            if (forgotten == limit) {
                break;
            }
            forgotten += database.client()
                    .sql("""
                            DELETE FROM usage_entries WHERE tenant_id = ? AND entry_id IN (
                                SELECT entry_id FROM usage_entries WHERE tenant_id = ? AND at < ? ORDER BY at LIMIT ?)""")
                    .params(tenant, tenant, Database.micros(before), limit - forgotten)
                    .update();
            database.client()
                    .sql("DELETE FROM scanned_days WHERE tenant_id = ? AND day < ?")
                    .params(tenant, Database.micros(before) / DAY)
                    .update();
        }
        return forgotten;
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                Rows.uuid(row, "tenant_id"),
                Rows.uuid(row, "workspace_id"),
                Rows.uuid(row, "entry_id"),
                Rows.instant(row, "at").orElseThrow(),
                Rows.uuid(row, "user_id"),
                Rows.optionalUuid(row, "key_id"),
                Optional.ofNullable(row.getString("contract")),
                UsageKind.of(row.getString("kind")),
                amount(row),
                row.getLong("elapsed_ms"),
                Optional.ofNullable(row.getString("prices")),
                row.getString("request_id"));
    }

    private static UsageAmount amount(ResultSet row) throws SQLException {
        return new UsageAmount(
                row.getLong("calls"),
                row.getLong("statements"),
                row.getLong("bytes_scanned"),
                row.getLong("bytes_loaded"),
                row.getLong("job_ms"),
                row.getLong("model_tokens"));
    }
}
