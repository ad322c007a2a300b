package dev.tarn.storage;

import dev.tarn.platform.database.Database;
import java.time.Instant;
import java.util.OptionalLong;

/** Readers in the platform's database. */
final class JdbcReaderStore implements ReaderStore {
    private final Database database;

    JdbcReaderStore(Database database) {
        this.database = database;
    }

    @Override
    public long epoch() {
        return database.client()
                .sql("SELECT epoch FROM doom_epochs")
                .query(Long.class)
                .single();
    }

    @Override
    public void publish(String server, long oldestEpoch, Instant leaseUntil) {
        update("""
                INSERT INTO readers (server_id, oldest_epoch, lease_until) VALUES (?, ?, ?)
                ON CONFLICT (server_id) DO UPDATE SET
                    oldest_epoch = excluded.oldest_epoch, lease_until = excluded.lease_until""", server, oldestEpoch, Database.micros(leaseUntil));
    }

    @Override
    public OptionalLong oldestOfOthers(String server, Instant now) {
        return database
                .client()
                .sql("SELECT oldest_epoch FROM readers WHERE server_id <> ? AND lease_until >= ?")
                .params(server, Database.micros(now))
                .query(Long.class)
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .min();
    }

    @Override
    public void remove(String server) {
        update("DELETE FROM readers WHERE server_id = ?", server);
    }

    @Override
    public void removeOthers(String server) {
        update("DELETE FROM readers WHERE server_id <> ?", server);
    }

    @Override
    public void removeDead(Instant now) {
        update("DELETE FROM readers WHERE lease_until < ?", Database.micros(now));
    }

    private void update(String sql, Object... values) {
        database.inTransaction(() -> {
            database.client().sql(sql).params(values).update();
        });
    }
}
