package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

final class JdbcFirstStartStore implements FirstStartStore {
    private final Database database;

    JdbcFirstStartStore(Database database) {
        this.database = database;
    }

    @Override
    public void begin(Pending pending, String home, Instant at) {
        database.client()
                .sql("""
                        INSERT INTO first_start (singleton, tenant_id, user_id, key_id, home, begun_at)
                        VALUES (1, ?, ?, ?, ?, ?)""")
                .params(
                        pending.tenantId().toString(),
                        pending.userId().toString(),
                        pending.keyId().toString(),
                        home,
                        Database.micros(at))
                .update();
    }

    @Override
    public Optional<Pending> resume(String home, Instant abandonedBefore, Instant at) {
        return database.client()
                .sql("""
                        UPDATE first_start SET home = ?, begun_at = ?
                        WHERE finished_at IS NULL AND (home = ? OR begun_at < ?)
                        RETURNING tenant_id, user_id, key_id""")
                .params(home, Database.micros(at), home, Database.micros(abandonedBefore))
                .query((row, number) ->
                        new Pending(Rows.uuid(row, "tenant_id"), Rows.uuid(row, "user_id"), Rows.uuid(row, "key_id")))
                .optional();
    }

    @Override
    public void replaceKey(UUID keyId) {
        database.client()
                .sql("UPDATE first_start SET key_id = ?")
                .param(keyId.toString())
                .update();
    }

    @Override
    public void finish(Instant at) {
        database.client()
                .sql("UPDATE first_start SET finished_at = ? WHERE finished_at IS NULL")
                .param(Database.micros(at))
                .update();
    }
}
