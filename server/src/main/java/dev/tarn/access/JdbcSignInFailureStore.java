package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.time.Instant;
import java.util.Optional;

final class JdbcSignInFailureStore implements SignInFailureStore {
    private static final String THIS_ATTEMPT = " WHERE name_hash = ? AND network = ?";

    private final Database database;

    JdbcSignInFailureStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Failures> find(Attempt attempt) {
        return database.client()
                .sql("SELECT failures, last_failed_at FROM sign_in_failures" + THIS_ATTEMPT)
                .params(attempt.nameHash(), attempt.network())
                .query((row, number) -> new Failures(
                        row.getInt("failures"),
                        Rows.instant(row, "last_failed_at").orElseThrow()))
                .optional();
    }

    @Override
    public boolean count(Attempt attempt, Optional<Failures> before, Failures after) {
        int written = before.isEmpty() ? insert(attempt, after) : replace(attempt, before.get(), after);
        return written == 1;
    }

    private int insert(Attempt attempt, Failures first) {
        return database.client()
                .sql("""
                        INSERT INTO sign_in_failures (name_hash, network, failures, last_failed_at) VALUES (?, ?, ?, ?)
                        ON CONFLICT DO NOTHING""")
                .params(attempt.nameHash(), attempt.network(), first.count(), Database.micros(first.last()))
                .update();
    }

    private int replace(Attempt attempt, Failures before, Failures after) {
        return database.client()
                .sql("UPDATE sign_in_failures SET failures = ?, last_failed_at = ?" + THIS_ATTEMPT
                        + " AND failures = ? AND last_failed_at = ?")
                .params(
                        after.count(),
                        Database.micros(after.last()),
                        attempt.nameHash(),
                        attempt.network(),
                        before.count(),
                        Database.micros(before.last()))
                .update();
    }

    @Override
    public void forgive(Attempt attempt) {
        database.client()
                .sql("DELETE FROM sign_in_failures" + THIS_ATTEMPT)
                .params(attempt.nameHash(), attempt.network())
                .update();
    }

    @Override
    public void forget(Instant before) {
        database.client()
                .sql("DELETE FROM sign_in_failures WHERE last_failed_at < ?")
                .param(Database.micros(before))
                .update();
    }
}
