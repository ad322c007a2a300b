package dev.tarn.jobs;

import dev.tarn.access.JobOwner;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import dev.tarn.platform.database.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@link ScheduleStore} in the platform's database. */
final class JdbcScheduleStore implements ScheduleStore {
    private static final String THIS = " WHERE tenant_id = ? AND schedule_id = ?";

    private final Database database;

    JdbcScheduleStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Schedule schedule) {
        JobOwner owner = schedule.owner();
        update(
                """
                INSERT INTO schedules (tenant_id, schedule_id, kind, subject, user_id, user_name, workspace_id, key_id,
                    request_id, address, payload, cron, zone, paused, next_local, next_at, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                owner.tenantId().toString(),
                schedule.id().toString(),
                schedule.kind(),
                schedule.subject().toString(),
                owner.userId().toString(),
                owner.userName(),
                owner.workspaceId().toString(),
                owner.keyId().map(UUID::toString).orElse(null),
                StoredText.of(owner.origin().requestId()),
                owner.origin().address(),
                schedule.payload(),
                schedule.timing().cron(),
                schedule.timing().zone().getId(),
                schedule.paused() ? 1 : 0,
                local(schedule.next()),
                at(schedule.next()),
                Database.micros(schedule.createdAt()));
    }

    private static @Nullable String local(Optional<Timing.Fire> fire) {
        return fire.map(next -> next.local().toString()).orElse(null);
    }

    private static @Nullable Long at(Optional<Timing.Fire> fire) {
        return fire.map(next -> Database.micros(next.at())).orElse(null);
    }

    @Override
    public Optional<Schedule> find(UUID tenantId, UUID id) {
        return schedules("SELECT * FROM schedules" + THIS, tenantId.toString(), id.toString()).stream()
                .findFirst();
    }

    @Override
    public List<Schedule> list(UUID tenantId, UUID userId, String kind, Optional<UUID> subject) {
        List<Object> values = new ArrayList<>(List.of(tenantId.toString(), userId.toString(), kind));
        subject.ifPresent(thing -> values.add(thing.toString()));
        return schedules(
                "SELECT * FROM schedules WHERE tenant_id = ? AND user_id = ? AND kind = ?"
                        + (subject.isPresent() ? " AND subject = ?" : "")
                        + " ORDER BY created_at DESC, schedule_id DESC",
                values.toArray());
    }

    @Override
    public int count(UUID tenantId, UUID userId) {
        return database.client()
                .sql("SELECT count(*) FROM schedules WHERE tenant_id = ? AND user_id = ?")
                .params(tenantId.toString(), userId.toString())
                .query(Integer.class)
                .single();
    }

    @Override
    public List<Schedule> due(Instant now, int limit) {
        return schedules(
                "SELECT * FROM schedules WHERE paused = 0 AND next_at <= ? ORDER BY next_at LIMIT ?",
                Database.micros(now),
                limit);
    }

    @Override
    public boolean advance(Schedule seen, Optional<Timing.Fire> next) {
        return update(
                        "UPDATE schedules SET next_local = ?, next_at = ?" + THIS + " AND paused = 0 AND next_at = ?",
                        local(next),
                        at(next),
                        seen.owner().tenantId().toString(),
                        seen.id().toString(),
                        at(seen.next()))
                == 1;
    }

    @Override
    public boolean pause(UUID tenantId, UUID id) {
        return update("UPDATE schedules SET paused = 1" + THIS, tenantId.toString(), id.toString()) == 1;
    }

    @Override
    public boolean resume(UUID tenantId, UUID id, Optional<Timing.Fire> next) {
        return update(
                        "UPDATE schedules SET paused = 0, next_local = ?, next_at = ?" + THIS + " AND paused = 1",
                        local(next),
                        at(next),
                        tenantId.toString(),
                        id.toString())
                == 1;
    }

    @Override
    public boolean delete(UUID tenantId, UUID id) {
        update("DELETE FROM schedule_runs" + THIS, tenantId.toString(), id.toString());
        return update("DELETE FROM schedules" + THIS, tenantId.toString(), id.toString()) == 1;
    }

    @Override
    public void deleteAbout(UUID tenantId, String kind, UUID subject) {
        String about = " WHERE tenant_id = ? AND kind = ? AND subject = ?";
        update(
                "DELETE FROM schedule_runs WHERE tenant_id = ? AND schedule_id IN (SELECT schedule_id FROM schedules"
                        + about + ")",
                tenantId.toString(),
                tenantId.toString(),
                kind,
                subject.toString());
        update("DELETE FROM schedules" + about, tenantId.toString(), kind, subject.toString());
    }

    @Override
    public void insertRun(UUID tenantId, ScheduleRun run, int kept) {
        update(
                """
                INSERT INTO schedule_runs (tenant_id, schedule_id, fire_local, fire_at, begun_at, manual, job_id, state,
                    error_code, error_detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                tenantId.toString(),
                run.scheduleId().toString(),
                run.local(),
                Database.micros(run.at()),
                Database.micros(run.begunAt()),
                run.manual() ? 1 : 0,
                run.jobId().map(UUID::toString).orElse(null),
                run.jobId().isPresent() ? null : run.state(),
                run.failure().map(Job.Failure::code).orElse(null),
                run.failure().map(why -> StoredText.of(why.detail())).orElse(null));
        update(
                "DELETE FROM schedule_runs" + THIS + """
                         AND fire_at < (
                            SELECT MIN(newest.fire_at) FROM (
                                SELECT fire_at FROM schedule_runs WHERE tenant_id = ? AND schedule_id = ?
                                ORDER BY fire_at DESC LIMIT ?) newest)""",
                tenantId.toString(),
                run.scheduleId().toString(),
                tenantId.toString(),
                run.scheduleId().toString(),
                kept);
    }

    @Override
    public boolean isRunning(UUID tenantId, UUID id) {
        return database.client()
                        .sql("""
                            SELECT count(*) FROM schedule_runs r
                            JOIN jobs j ON j.tenant_id = r.tenant_id AND j.job_id = r.job_id
                            WHERE r.tenant_id = ? AND r.schedule_id = ? AND j.state IN ('queued', 'running')""")
                        .params(tenantId.toString(), id.toString())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Override
    public List<ScheduleRun> runs(UUID tenantId, UUID id, Optional<Place> after, int limit) {
        List<Object> values = new ArrayList<>(List.of(tenantId.toString(), id.toString()));
        after.ifPresent(place -> values.addAll(List.of(Database.micros(place.at()), place.local())));
        values.add(limit);
        return database.client()
                .sql("""
                    SELECT r.schedule_id, r.fire_local, r.fire_at, r.begun_at, r.manual, r.job_id,
                        COALESCE(r.state, j.state, 'failed') AS state,
                        COALESCE(r.error_code, j.error_code) AS error_code,
                        COALESCE(r.error_detail, j.error_detail) AS error_detail,
                        COALESCE(r.started_at, j.started_at) AS started_at,
                        COALESCE(r.finished_at, j.finished_at) AS finished_at
                    FROM schedule_runs r LEFT JOIN jobs j ON j.tenant_id = r.tenant_id AND j.job_id = r.job_id
                    WHERE r.tenant_id = ? AND r.schedule_id = ?""" + (after.isPresent() ? " AND (r.fire_at, r.fire_local) < (?, ?)" : "")
                        + " ORDER BY r.fire_at DESC, r.fire_local DESC LIMIT ?")
                .params(values)
                .query((row, number) -> run(row))
                .list();
    }

    private int update(String sql, @Nullable Object... values) {
        return database.inTransaction(
                () -> database.client().sql(sql).params(Arrays.asList(values)).update());
    }

    private List<Schedule> schedules(String sql, Object... values) {
        return database.client()
                .sql(sql)
                .params(values)
                .query((row, number) -> schedule(row))
                .list();
    }

    private static Schedule schedule(ResultSet row) throws SQLException {
        String local = row.getString("next_local");
        Optional<Instant> at = Rows.instant(row, "next_at");
        return new Schedule(
                Rows.uuid(row, "schedule_id"),
                row.getString("kind"),
                Rows.uuid(row, "subject"),
                JdbcOwner.of(row),
                row.getString("payload"),
                new Timing(row.getString("cron"), ZoneId.of(row.getString("zone"))),
                row.getInt("paused") == 1,
                at.map(instant -> new Timing.Fire(LocalDateTime.parse(local), instant)),
                Rows.instant(row, "created_at").orElseThrow());
    }

    private static ScheduleRun run(ResultSet row) throws SQLException {
        String code = row.getString("error_code");
        return new ScheduleRun(
                Rows.uuid(row, "schedule_id"),
                row.getString("fire_local"),
                Rows.instant(row, "fire_at").orElseThrow(),
                Rows.instant(row, "begun_at").orElseThrow(),
                row.getInt("manual") == 1,
                Rows.optionalUuid(row, "job_id"),
                row.getString("state"),
                code == null ? Optional.empty() : Optional.of(new Job.Failure(code, row.getString("error_detail"))),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "finished_at"));
    }
}
