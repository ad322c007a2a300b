package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

final class JdbcSigningKeyStore implements SigningKeyStore {
    private final Database database;

    JdbcSigningKeyStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<UUID> signing() {
        return database.client()
                .sql("SELECT key_id FROM signing_keys WHERE signs = 1")
                .query((row, number) -> Rows.uuid(row, "key_id"))
                .optional();
    }

    @Override
    public Optional<String> verifying(UUID keyId, Instant now) {
        return database.client()
                .sql("""
                        SELECT public_key FROM signing_keys
                        WHERE key_id = ? AND (verifies_until IS NULL OR verifies_until > ?)""")
                .params(keyId.toString(), Database.micros(now))
                .query(String.class)
                .optional();
    }

    @Override
    public void insert(UUID keyId, String publicKey, Instant at) {
        database.client()
                .sql("INSERT INTO signing_keys (key_id, public_key, signs, created_at) VALUES (?, ?, 1, ?)")
                .params(keyId.toString(), publicKey, Database.micros(at))
                .update();
    }

    @Override
    public boolean retire(UUID keyId, Instant verifiesUntil) {
        return database.client()
                        .sql("UPDATE signing_keys SET signs = NULL, verifies_until = ? WHERE key_id = ? AND signs = 1")
                        .params(Database.micros(verifiesUntil), keyId.toString())
                        .update()
                == 1;
    }

    @Override
    public void endRetired(Instant at) {
        database.client()
                .sql("UPDATE signing_keys SET verifies_until = ? WHERE signs IS NULL AND verifies_until > ?")
                .params(Database.micros(at), Database.micros(at))
                .update();
    }

    @Override
    public void forget(Instant now) {
        database.client()
                .sql("DELETE FROM signing_keys WHERE signs IS NULL AND verifies_until <= ?")
                .param(Database.micros(now))
                .update();
    }
}
