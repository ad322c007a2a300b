package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import dev.tarn.platform.database.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

final class JdbcAuditStore implements AuditStore {
    private static final int COLUMNS = 12;

    /** Rows of one INSERT, so that its parameters stay well under what either database takes. */
    private static final int ROWS_AT_ONCE = 100;

    private static final List<String> SEARCHED = List.of("actor_name", "resource", "address", "request_id", "details");

    private final Database database;

    JdbcAuditStore(Database database) {
        this.database = database;
    }

    @Override
    public void append(Entry entry) {
        insert(List.of(entry));
    }

    @Override
    public void append(List<Entry> entries) {
        for (int from = 0; from < entries.size(); from += ROWS_AT_ONCE) {
            insert(entries.subList(from, Math.min(entries.size(), from + ROWS_AT_ONCE)));
        }
    }

    private void insert(List<Entry> entries) {
        List<Object> values = new ArrayList<>(entries.size() * COLUMNS);
        for (Entry entry : entries) {
            values.add(entry.tenantId().toString());
            values.add(entry.id().toString());
            values.add(Database.micros(entry.at()));
            values.add(entry.actorKind());
            values.add(entry.actorId().toString());
            values.add(StoredText.of(entry.actorName()));
            values.add(entry.verb());
            values.add(StoredText.of(entry.resource()));
            values.add(entry.outcome());
            values.add(StoredText.of(entry.requestId()));
            values.add(StoredText.of(entry.address()));
            values.add(StoredText.of(entry.details()));
        }
        String row = "(" + String.join(", ", Collections.nCopies(COLUMNS, "?")) + ")";
        database.client()
                .sql("""
                        INSERT INTO audit_entries (tenant_id, entry_id, at, actor_kind, actor_id, actor_name, verb,
                            resource, outcome, request_id, address, details)
                        VALUES\s""" + String.join(", ", Collections.nCopies(entries.size(), row)))
                .params(values)
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

    @Override
    public List<AuditEntry> list(UUID tenantId, AuditQuery query, Optional<Place> after, int limit) {
        StringBuilder sql = new StringBuilder("SELECT * FROM audit_entries WHERE tenant_id = ?");
        List<Object> values = new ArrayList<>(List.of(tenantId.toString()));
        query.from().ifPresent(at -> and(sql, values, "at >= ?", Database.micros(at)));
        query.until().ifPresent(at -> and(sql, values, "at < ?", Database.micros(at)));
        query.who()
                .map(StoredText::of)
                .ifPresent(who -> and(sql, values, isId(who) ? "actor_id = ?" : "actor_name = ?", who));
        query.verb().map(StoredText::of).ifPresent(verb -> and(sql, values, "verb = ?", verb));
        query.outcome().ifPresent(outcome -> and(sql, values, "outcome = ?", outcome.text()));
        query.resource().map(StoredText::of).ifPresent(resource -> {
            if (resource.endsWith("*")) {
                String beginning = resource.substring(0, resource.length() - 1);
                values.add(beginning.codePointCount(0, beginning.length()));
                and(sql, values, "SUBSTR(resource, 1, ?) = ?", beginning);
            } else {
                and(sql, values, "resource = ?", resource);
            }
        });
        query.text().map(StoredText::of).ifPresent(text -> {
            // Both sides by the database's own idea of letters: SQLite knows those of ASCII alone.
            String columns = SEARCHED.stream()
                    .map(column -> "LOWER(" + column + ") LIKE LOWER(?) ESCAPE '!'")
                    .collect(Collectors.joining(" OR "));
            sql.append(" AND (").append(columns).append(")");
            values.addAll(Collections.nCopies(SEARCHED.size(), "%" + escaped(text) + "%"));
        });
        after.ifPresent(place -> {
            sql.append(" AND at <= ? AND (at < ? OR entry_id < ?)");
            values.addAll(List.of(place.at(), place.at(), place.id()));
        });
        sql.append(" ORDER BY at DESC, entry_id DESC LIMIT ?");
        values.add(limit);
        return database.client()
                .sql(sql.toString())
                .params(values)
                .query((row, number) -> entry(row))
                .list();
    }

    private static void and(StringBuilder sql, List<Object> values, String condition, Object value) {
        sql.append(" AND ").append(condition);
        values.add(value);
    }

    private static boolean isId(String who) {
        return who.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    private static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        long sequence = row.getLong("sequence");
        Optional<Long> place = row.wasNull() ? Optional.empty() : Optional.of(sequence);
        return new AuditEntry(
                row.getString("entry_id"),
                place,
                Rows.instant(row, "at").orElseThrow(),
                new AuditEntry.Actor(
                        row.getString("actor_kind"),
                        String.valueOf(row.getString("actor_id")),
                        row.getString("actor_name")),
                row.getString("verb"),
                row.getString("resource"),
                row.getString("outcome"),
                row.getString("request_id"),
                row.getString("address"),
                row.getString("details"));
    }
}
