package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.time.Instant;
import java.util.Optional;

final class JdbcSignInAttemptStore implements SignInAttemptStore {
    private final Database database;

    JdbcSignInAttemptStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Attempt attempt, String stateHash, String address, Instant expiresAt) {
        database.client()
                .sql("""
                        INSERT INTO sign_in_attempts (tenant_id, provider, state_hash, browser_hash, return_to, address,
                            expires_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        attempt.tenantId().toString(),
                        attempt.provider(),
                        stateHash,
                        attempt.browserHash(),
                        attempt.returnTo(),
                        address,
                        Database.micros(expiresAt))
                .update();
    }

    /** Also one that has expired is used up. */
    private record Taken(Attempt attempt, Instant expiresAt) {}

    @Override
    public Optional<Attempt> take(String stateHash, Instant now) {
        return database.client()
                .sql("""
                        DELETE FROM sign_in_attempts WHERE state_hash = ?
                        RETURNING tenant_id, provider, browser_hash, return_to, expires_at""")
                .param(stateHash)
                .query((row, number) -> new Taken(
                        new Attempt(
                                Rows.uuid(row, "tenant_id"),
                                row.getString("provider"),
                                row.getString("browser_hash"),
                                row.getString("return_to")),
                        Rows.instant(row, "expires_at").orElseThrow()))
                .optional()
                .filter(taken -> taken.expiresAt().isAfter(now))
                .map(Taken::attempt);
    }

    @Override
    public long underWay(String address, Instant now) {
        return database.client()
                .sql("SELECT count(*) FROM sign_in_attempts WHERE address = ? AND expires_at > ?")
                .params(address, Database.micros(now))
                .query(Long.class)
                .single();
    }

    @Override
    public void forget(Instant now) {
        database.client()
                .sql("DELETE FROM sign_in_attempts WHERE expires_at <= ?")
                .param(Database.micros(now))
                .update();
    }
}
