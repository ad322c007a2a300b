package dev.tarn.catalog;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports in the platform's database. Their ids are in the order of time. */
final class JdbcReportStore implements ReportStore {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String OF_TABLE = " WHERE tenant_id = ? AND table_location = ?";

    private final Database database;

    JdbcReportStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(UUID tenantId, String tableLocation, TableReport report, int most) {
        database.inTransaction(() -> {
            insert(tenantId, tableLocation, report);
            database.client()
                    .sql("DELETE FROM table_reports" + OF_TABLE
                            + " AND report_id <= (SELECT report_id FROM table_reports" + OF_TABLE
                            + " ORDER BY report_id DESC LIMIT 1 OFFSET ?)")
                    .params(tenantId.toString(), tableLocation, tenantId.toString(), tableLocation, most)
                    .update();
        });
    }

    private void insert(UUID tenantId, String tableLocation, TableReport report) {
        Map<String, Long> figures = new LinkedHashMap<>();
        report.figures().forEach((figure, value) -> figures.put(figure.text(), value));
        database.client()
                .sql("""
                    INSERT INTO table_reports (tenant_id, table_location, report_id, kind, reported_at, user_id, user_name,
                        engine, snapshot_id, operation, filtered_by, duration_us, figures)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(tenantId.toString())
                .param(tableLocation)
                .param(report.id().toString())
                .param(report.kind().text())
                .param(Database.micros(report.reportedAt()))
                .param(report.userId().toString())
                .param(report.userName())
                .param(report.engine().orElse(null))
                .param(report.snapshotId().isPresent() ? report.snapshotId().getAsLong() : null)
                .param(report.operation().orElse(null))
                .param(report.filter().orElse(null))
                .param(report.duration().map(time -> time.toNanos() / 1_000).orElse(null))
                .param(JSON.writeValueAsString(figures))
                .update();
    }

    @Override
    public List<TableReport> list(UUID tenantId, String tableLocation, Optional<UUID> before, int limit) {
        // Ids in text sort as they are: the highest one that there can be stands for none.
        return database.client()
                .sql("SELECT * FROM table_reports" + OF_TABLE + " AND report_id < ? ORDER BY report_id DESC LIMIT ?")
                .params(
                        tenantId.toString(),
                        tableLocation,
                        before.map(UUID::toString).orElse("g"),
                        limit)
                .query((row, number) -> report(row))
                .list();
    }

    private static TableReport report(ResultSet row) throws SQLException {
        OptionalLong snapshot = figure(row, "snapshot_id");
        OptionalLong micros = figure(row, "duration_us");
        return new TableReport(
                UUID.fromString(row.getString("report_id")),
                TableReport.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Rows.instant(row, "reported_at").orElseThrow(),
                UUID.fromString(row.getString("user_id")),
                row.getString("user_name"),
                Optional.ofNullable(row.getString("engine")),
                snapshot,
                Optional.ofNullable(row.getString("operation")),
                Optional.ofNullable(row.getString("filtered_by")),
                micros.isPresent() ? Optional.of(Duration.of(micros.getAsLong(), ChronoUnit.MICROS)) : Optional.empty(),
                figures(row.getString("figures")));
    }

    private static OptionalLong figure(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static Map<TableReport.Figure, Long> figures(String text) {
        JsonNode known = JSON.readTree(text);
        Map<TableReport.Figure, Long> figures = new EnumMap<>(TableReport.Figure.class);
        Arrays.stream(TableReport.Figure.values())
                .filter(figure -> known.has(figure.text()))
                .forEach(figure -> figures.put(figure, known.path(figure.text()).asLong()));
        return figures;
    }

    @Override
    public int purge(Instant before) {
        return database.inTransaction(() -> database.client()
                .sql("DELETE FROM table_reports WHERE reported_at < ?")
                .param(Database.micros(before))
                .update());
    }
}
