package dev.tarn.jobs;

import dev.tarn.access.JobOwner;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import dev.tarn.platform.database.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@link JobStore} in the platform's database. */
final class JdbcJobStore implements JobStore {
    private static final String THIS = " WHERE tenant_id = ? AND job_id = ?";
    private static final String HELD = THIS + " AND state = 'running' AND fence = ?";
    private static final String OVER = "state IN ('completed', 'failed', 'cancelled')";

    private final Database database;

    JdbcJobStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Job job) {
        JobOwner owner = job.owner();
        update(
                """
                INSERT INTO jobs (tenant_id, job_id, kind, user_id, user_name, workspace_id, key_id, request_id, address,
                    payload, subject, state, fence, attempts, cancel_requested, created_at, due_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', 0, 0, 0, ?, ?)""",
                owner.tenantId().toString(),
                job.id().toString(),
                job.kind(),
                owner.userId().toString(),
                owner.userName(),
                owner.workspaceId().toString(),
                owner.keyId().map(UUID::toString).orElse(null),
                StoredText.of(owner.origin().requestId()),
                owner.origin().address(),
                job.payload(),
                job.subject().orElse(null),
                Database.micros(job.createdAt()),
                Database.micros(job.dueAt()));
    }

    @Override
    public Optional<Job> find(JobKey key) {
        return select(
                        "SELECT * FROM jobs" + THIS,
                        key.tenantId().toString(),
                        key.id().toString())
                .stream()
                .findFirst();
    }

    @Override
    public List<Job> list(UUID tenantId, UUID userId, String kind, int limit) {
        return select(
                "SELECT * FROM jobs WHERE tenant_id = ? AND user_id = ? AND kind = ?"
                        + " ORDER BY created_at DESC, job_id DESC LIMIT ?",
                tenantId.toString(),
                userId.toString(),
                kind,
                limit);
    }

    @Override
    public List<Job> about(UUID tenantId, String kind, String subject, int limit) {
        return select(
                "SELECT * FROM jobs WHERE tenant_id = ? AND subject = ? AND kind = ?"
                        + " ORDER BY created_at DESC, job_id DESC LIMIT ?",
                tenantId.toString(),
                subject,
                kind,
                limit);
    }

    @Override
    public int queued() {
        return database.client()
                .sql("SELECT count(*) FROM jobs WHERE state = 'queued'")
                .query(Integer.class)
                .single();
    }

    @Override
    public int queued(UUID tenantId, UUID userId) {
        return database.client()
                .sql("SELECT count(*) FROM jobs WHERE state = 'queued' AND tenant_id = ? AND user_id = ?")
                .params(tenantId.toString(), userId.toString())
                .query(Integer.class)
                .single();
    }

    @Override
    public List<Job> next(Collection<String> kinds, Collection<UUID> but, Instant now, int limit) {
        if (kinds.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        values.add(Database.micros(now));
        values.addAll(kinds);
        but.forEach(user -> values.add(user.toString()));
        values.add(limit);
        String others = but.isEmpty() ? "" : "AND user_id NOT IN (" + marks(but) + ")";
        return select("""
                SELECT * FROM jobs WHERE state = 'queued' AND due_at <= ? AND kind IN (%s) %s
                ORDER BY COALESCE((
                    SELECT MAX(turn.started_at) FROM jobs turn
                    WHERE turn.tenant_id = jobs.tenant_id AND turn.user_id = jobs.user_id), 0), created_at, job_id
                LIMIT ?""".formatted(marks(kinds), others), values.toArray());
    }

    private static String marks(Collection<?> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }

    @Override
    public Optional<Job> take(Job queued, String owner, Instant now, Instant leaseUntil) {
        return returned(
                "UPDATE jobs SET state = 'running', fence = fence + 1, attempts = attempts + 1, lease_owner = ?,"
                        + " lease_until = ?, heartbeat_at = ?, started_at = ?, fraction = NULL" + THIS
                        + " AND state = 'queued' AND fence = ? RETURNING *",
                owner,
                Database.micros(leaseUntil),
                Database.micros(now),
                Database.micros(now),
                queued.owner().tenantId().toString(),
                queued.id().toString(),
                queued.fence());
    }

    @Override
    public Optional<Boolean> beat(Job running, Instant now, Instant leaseUntil, OptionalDouble fraction) {
        return returned(
                        "UPDATE jobs SET lease_until = ?, heartbeat_at = ?, fraction = COALESCE(?, fraction)" + HELD
                                + " RETURNING *",
                        Database.micros(leaseUntil),
                        Database.micros(now),
                        fraction.isPresent() ? fraction.getAsDouble() : null,
                        running.owner().tenantId().toString(),
                        running.id().toString(),
                        running.fence())
                .map(Job::cancelRequested);
    }

    @Override
    public boolean note(Job running, String result) {
        return held("UPDATE jobs SET result = ?" + HELD, running, result);
    }

    @Override
    public boolean complete(Job running, String result, Instant now, Instant expires) {
        return held(
                "UPDATE jobs SET state = 'completed', result = ?, fraction = 1, finished_at = ?, expires_at = ?,"
                        + " error_code = NULL, error_detail = NULL" + HELD + " AND cancel_requested = 0",
                running,
                result,
                Database.micros(now),
                Database.micros(expires));
    }

    @Override
    public boolean end(Job running, Job.State state, Job.Failure why, Instant now, Instant expires) {
        return held(
                "UPDATE jobs SET state = ?, error_code = ?, error_detail = ?, finished_at = ?, expires_at = ?" + HELD,
                running,
                state.text(),
                why.code(),
                StoredText.of(why.detail()),
                Database.micros(now),
                Database.micros(expires));
    }

    @Override
    public boolean again(Job running, Job.Failure why, Instant due) {
        return held(
                "UPDATE jobs SET state = 'queued', error_code = ?, error_detail = ?, due_at = ?" + HELD,
                running,
                why.code(),
                StoredText.of(why.detail()),
                Database.micros(due));
    }

    @Override
    public List<Job> silent(Collection<String> kinds, Instant now, int limit) {
        return ofKinds(
                "SELECT * FROM jobs WHERE state = 'running' AND lease_until < ? AND kind IN (%s) LIMIT ?",
                kinds, Database.micros(now), limit);
    }

    @Override
    public List<Job> heldByOthers(Collection<String> kinds, String owner, int limit) {
        return ofKinds(
                "SELECT * FROM jobs WHERE state = 'running' AND lease_owner <> ? AND kind IN (%s) LIMIT ?",
                kinds, owner, limit);
    }

    @Override
    public Optional<Job> takeOver(Job running, String owner, Instant now, Instant leaseUntil) {
        return returned(
                "UPDATE jobs SET fence = fence + 1, lease_owner = ?, lease_until = ?, heartbeat_at = ?" + HELD
                        + " AND lease_until = ? RETURNING *",
                owner,
                Database.micros(leaseUntil),
                Database.micros(now),
                running.owner().tenantId().toString(),
                running.id().toString(),
                running.fence(),
                running.leaseUntil().map(Database::micros).orElse(null));
    }

    @Override
    public boolean cancelQueued(JobKey key, Job.Failure why, Instant now, Instant expires) {
        return update(
                "UPDATE jobs SET state = 'cancelled', cancel_requested = 1, error_code = ?, error_detail = ?,"
                        + " finished_at = ?, expires_at = ?" + THIS + " AND state = 'queued'",
                why.code(),
                why.detail(),
                Database.micros(now),
                Database.micros(expires),
                key.tenantId().toString(),
                key.id().toString());
    }

    @Override
    public boolean askToCancel(JobKey key) {
        return update(
                "UPDATE jobs SET cancel_requested = 1" + THIS + " AND state = 'running'",
                key.tenantId().toString(),
                key.id().toString());
    }

    @Override
    public List<Job> expired(Collection<String> kinds, Instant now, int limit) {
        return ofKinds(
                "SELECT * FROM jobs WHERE expires_at < ? AND " + OVER + " AND kind IN (%s) ORDER BY expires_at LIMIT ?",
                kinds,
                Database.micros(now),
                limit);
    }

    /** A run of a schedule remembers how its job ended. */
    private void keepEnd(Job job) {
        if (job.state().isOver()) {
            update(
                    "UPDATE schedule_runs SET state = ?, error_code = ?, error_detail = ?, started_at = ?, finished_at = ?"
                            + THIS,
                    job.state().text(),
                    job.failure().map(Job.Failure::code).orElse(null),
                    job.failure().map(Job.Failure::detail).orElse(null),
                    job.startedAt().map(Database::micros).orElse(null),
                    job.finishedAt().map(Database::micros).orElse(null),
                    job.owner().tenantId().toString(),
                    job.id().toString());
        }
    }

    @Override
    public boolean remove(JobKey key) {
        find(key).ifPresent(this::keepEnd);
        return update(
                "DELETE FROM jobs" + THIS + " AND " + OVER,
                key.tenantId().toString(),
                key.id().toString());
    }

    private boolean held(String sql, Job running, @Nullable Object... values) {
        List<@Nullable Object> all = new ArrayList<>(List.of(values));
        all.add(running.owner().tenantId().toString());
        all.add(running.id().toString());
        all.add(running.fence());
        return update(sql, all.toArray());
    }

    private boolean update(String sql, @Nullable Object... values) {
        return database.inTransaction(
                () -> database.client().sql(sql).params(asList(values)).update() == 1);
    }

    private Optional<Job> returned(String sql, @Nullable Object... values) {
        return database.inTransaction(() -> select(sql, values).stream().findFirst());
    }

    private List<Job> ofKinds(String sql, Collection<String> kinds, Object first, int limit) {
        if (kinds.isEmpty()) {
            return List.of();
        }
        List<@Nullable Object> values = new ArrayList<>();
        values.add(first);
        values.addAll(kinds);
        values.add(limit);
        return select(sql.formatted(marks(kinds)), values.toArray());
    }

    private List<Job> select(String sql, @Nullable Object... values) {
        return database.client()
                .sql(sql)
                .params(asList(values))
                .query((row, number) -> job(row))
                .list();
    }

    private static List<@Nullable Object> asList(@Nullable Object... values) {
        return java.util.Arrays.asList(values);
    }

    private static Job job(ResultSet row) throws SQLException {
        double fraction = row.getDouble("fraction");
        OptionalDouble reached = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(fraction);
        String code = row.getString("error_code");
        return new Job(
                Rows.uuid(row, "job_id"),
                row.getString("kind"),
                JdbcOwner.of(row),
                row.getString("payload"),
                Optional.ofNullable(row.getString("subject")),
                Job.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("fence"),
                Rows.instant(row, "lease_until"),
                row.getInt("attempts"),
                row.getInt("cancel_requested") == 1,
                reached,
                Rows.instant(row, "created_at").orElseThrow(),
                Rows.instant(row, "due_at").orElseThrow(),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "finished_at"),
                Rows.instant(row, "expires_at"),
                Optional.ofNullable(row.getString("result")),
                code == null ? Optional.empty() : Optional.of(new Job.Failure(code, row.getString("error_detail"))));
    }
}
