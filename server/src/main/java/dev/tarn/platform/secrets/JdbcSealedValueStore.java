package dev.tarn.platform.secrets;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class JdbcSealedValueStore implements SealedValueStore {
    private static final String COLUMNS = "SELECT tenant_id, purpose, name, key_id, sealed FROM sealed_values ";
    private static final String THIS_NAME = " WHERE tenant_id = ? AND purpose = ? AND name = ?";

    private final Database database;

    JdbcSealedValueStore(Database database) {
        this.database = database;
    }

    @Override
    public void put(Sealed sealed, Optional<Instant> expiresAt) {
        SealedName name = sealed.name();
        database.client()
                .sql("""
                        INSERT INTO sealed_values (tenant_id, purpose, name, key_id, sealed, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (tenant_id, purpose, name) DO UPDATE
                        SET key_id = excluded.key_id, sealed = excluded.sealed, expires_at = excluded.expires_at""")
                .param(name.tenantId().toString())
                .param(name.purpose())
                .param(name.name())
                .param(sealed.keyId())
                .param(sealed.text())
                .param(expiresAt.map(Database::micros).orElse(null))
                .update();
    }

    @Override
    public Optional<Sealed> find(SealedName name) {
        return database.client()
                .sql(COLUMNS + THIS_NAME)
                .params(name.tenantId().toString(), name.purpose(), name.name())
                .query((row, number) -> sealed(row))
                .optional();
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        return new Sealed(
                new SealedName(Rows.uuid(row, "tenant_id"), row.getString("purpose"), row.getString("name")),
                row.getString("key_id"),
                row.getString("sealed"));
    }

    @Override
    public boolean remove(SealedName name) {
        return database.client()
                        .sql("DELETE FROM sealed_values" + THIS_NAME)
                        .params(name.tenantId().toString(), name.purpose(), name.name())
                        .update()
                == 1;
    }

    @Override
    public List<Sealed> sealedWith(String keyId, int limit) {
        return database.client()
                .sql(COLUMNS + "WHERE key_id = ? LIMIT ?")
                .params(keyId, limit)
                .query((row, number) -> sealed(row))
                .list();
    }

    @Override
    public boolean replace(Sealed old, Sealed fresh) {
        SealedName name = old.name();
        return database.client()
                        .sql("UPDATE sealed_values SET key_id = ?, sealed = ?" + THIS_NAME + " AND sealed = ?")
                        .params(
                                fresh.keyId(),
                                fresh.text(),
                                name.tenantId().toString(),
                                name.purpose(),
                                name.name(),
                                old.text())
                        .update()
                == 1;
    }

    @Override
    public void purge(Instant now) {
        database.client()
                .sql("DELETE FROM sealed_values WHERE expires_at < ?")
                .param(Database.micros(now))
                .update();
    }
}
