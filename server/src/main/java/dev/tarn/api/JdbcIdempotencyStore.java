package dev.tarn.api;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

final class JdbcIdempotencyStore implements IdempotencyStore {
    private static final String THIS_KEY = " WHERE tenant_id = ? AND user_id = ? AND idempotency_key = ?";

    private final Database database;

    JdbcIdempotencyStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean begin(Key key, String requestHash, String owner, Instant leaseUntil, Instant at, Instant expiresAt) {
        return database.client()
                        .sql("""
                                INSERT INTO idempotent_requests (tenant_id, user_id, idempotency_key, request_hash, state,
                                    owner, lease_until, created_at, expires_at)
                                VALUES (?, ?, ?, ?, 'running', ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                        .params(
                                key.tenantId().toString(),
                                key.userId().toString(),
                                key.text(),
                                requestHash,
                                owner,
                                Database.micros(leaseUntil),
                                Database.micros(at),
                                Database.micros(expiresAt))
                        .update()
                == 1;
    }

    @Override
    public Optional<Kept> find(Key key) {
        return database.client()
                .sql("SELECT * FROM idempotent_requests" + THIS_KEY)
                .params(key.tenantId().toString(), key.userId().toString(), key.text())
                .query((row, number) -> kept(row))
                .optional();
    }

    private static Kept kept(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        return new Kept(
                row.getString("request_hash"),
                row.getString("state").equals("answered"),
                row.getString("owner"),
                Rows.instant(row, "lease_until").orElseThrow(),
                status == 0 ? Optional.empty() : Optional.of(status),
                Optional.ofNullable(row.getString("body")),
                Rows.instant(row, "expires_at").orElseThrow());
    }

    @Override
    public boolean takeOver(Key key, Kept from, String owner, Instant leaseUntil) {
        return database.client()
                        .sql("UPDATE idempotent_requests SET owner = ?, lease_until = ?" + THIS_KEY
                                + " AND state = 'running' AND owner = ? AND lease_until = ?")
                        .params(
                                owner,
                                Database.micros(leaseUntil),
                                key.tenantId().toString(),
                                key.userId().toString(),
                                key.text(),
                                from.owner(),
                                Database.micros(from.leaseUntil()))
                        .update()
                == 1;
    }

    @Override
    public boolean answer(Key key, String owner, Answer answer) {
        return database.client()
                        .sql("UPDATE idempotent_requests SET state = 'answered', content_type = 'application/json',"
                                + " status = ?, body = ?" + THIS_KEY + " AND owner = ?")
                        .param(answer.status())
                        .param(answer.secret() ? null : answer.body().orElse(""))
                        .param(key.tenantId().toString())
                        .param(key.userId().toString())
                        .param(key.text())
                        .param(owner)
                        .update()
                == 1;
    }

    @Override
    public void forget(Key key, String owner) {
        database.client()
                .sql("DELETE FROM idempotent_requests" + THIS_KEY + " AND owner = ? AND state = 'running'")
                .params(key.tenantId().toString(), key.userId().toString(), key.text(), owner)
                .update();
    }

    @Override
    public void renew(String owner, Instant leaseUntil) {
        database.client()
                .sql("UPDATE idempotent_requests SET lease_until = ? WHERE owner = ? AND state = 'running'")
                .params(Database.micros(leaseUntil), owner)
                .update();
    }

    @Override
    public void endOtherLeases(String owner) {
        database.client()
                .sql("UPDATE idempotent_requests SET lease_until = 0 WHERE owner <> ? AND state = 'running'")
                .param(owner)
                .update();
    }

    @Override
    public void purge(Instant now) {
        database.client()
                .sql("DELETE FROM idempotent_requests WHERE expires_at < ? AND (state = 'answered' OR lease_until < ?)")
                .params(Database.micros(now), Database.micros(now))
                .update();
    }
}
