package dev.tarn.platform.secrets;

import dev.tarn.platform.database.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class JdbcSecretKeyStore implements SecretKeyStore {
    private static final String CURRENT = "current";
    private static final String RETIRING = "retiring";

    private final Database database;

    JdbcSecretKeyStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<String> current() {
        return inState(CURRENT);
    }

    @Override
    public Optional<String> retiring() {
        return inState(RETIRING);
    }

    private Optional<String> inState(String state) {
        return database.client()
                .sql("SELECT key_id FROM secret_keys WHERE state = ?")
                .param(state)
                .query(String.class)
                .optional();
    }

    @Override
    public List<String> retired() {
        return database.client()
                .sql("SELECT key_id FROM retired_secret_keys")
                .query(String.class)
                .list();
    }

    @Override
    public void begin(String keyId, Instant at) {
        insert(keyId, at, " ON CONFLICT DO NOTHING");
    }

    private void insert(String keyId, Instant at, String conflict) {
        database.client()
                .sql("INSERT INTO secret_keys (key_id, state, created_at) VALUES (?, 'current', ?)" + conflict)
                .params(keyId, Database.micros(at))
                .update();
    }

    @Override
    public void replace(String newKeyId, Instant at) {
        database.client()
                .sql("UPDATE secret_keys SET state = 'retiring' WHERE state = 'current'")
                .update();
        insert(newKeyId, at, "");
    }

    @Override
    public void retire(String keyId, Instant at) {
        database.client()
                .sql("DELETE FROM secret_keys WHERE key_id = ?")
                .param(keyId)
                .update();
        database.client()
                .sql("INSERT INTO retired_secret_keys (key_id, retired_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .params(keyId, Database.micros(at))
                .update();
    }
}
