package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

final class JdbcFamilyStore implements FamilyStore {
    private static final String OF_ACTIVE_USERS = """
            FROM token_families f JOIN users u ON u.tenant_id = f.tenant_id AND u.user_id = f.user_id AND u.active = 1
            WHERE f.tenant_id = ? AND f.family_id = ? AND f.expires_at > ?""";

    private final Database database;

    JdbcFamilyStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Family family) {
        database.client()
                .sql("""
                        INSERT INTO token_families (tenant_id, family_id, user_id, workspace_id, created_at, expires_at,
                            access_ended)
                        VALUES (?, ?, ?, ?, ?, ?, 0)""")
                .params(
                        family.tenantId().toString(),
                        family.id().toString(),
                        family.userId().toString(),
                        family.workspaceId().toString(),
                        Database.micros(family.createdAt()),
                        Database.micros(family.expiresAt()))
                .update();
    }

    @Override
    public void insertToken(Family family, String tokenHash, Instant expiresAt) {
        database.client()
                .sql("INSERT INTO refresh_tokens (tenant_id, family_id, token_hash, expires_at) VALUES (?, ?, ?, ?)")
                .params(family.tenantId().toString(), family.id().toString(), tokenHash, Database.micros(expiresAt))
                .update();
    }

    @Override
    public boolean spend(String tokenHash, Instant at) {
        return database.client()
                        .sql("UPDATE refresh_tokens SET used_at = ? WHERE token_hash = ? AND used_at IS NULL")
                        .params(Database.micros(at), tokenHash)
                        .update()
                == 1;
    }

    @Override
    public Optional<Known> known(String tokenHash) {
        return database.client()
                .sql("""
                        SELECT t.tenant_id, t.family_id, f.user_id, f.workspace_id, u.name, t.expires_at FROM refresh_tokens t
                        JOIN token_families f ON f.tenant_id = t.tenant_id AND f.family_id = t.family_id
                        JOIN users u ON u.tenant_id = f.tenant_id AND u.user_id = f.user_id
                        WHERE t.token_hash = ?""")
                .param(tokenHash)
                .query((row, number) -> new Known(
                        Rows.uuid(row, "tenant_id"),
                        Rows.uuid(row, "family_id"),
                        Rows.uuid(row, "user_id"),
                        Rows.uuid(row, "workspace_id"),
                        row.getString("name"),
                        Rows.instant(row, "expires_at").orElseThrow()))
                .optional();
    }

    @Override
    public Optional<Family> open(UUID tenantId, UUID familyId, Instant now) {
        return database.client()
                .sql("SELECT f.user_id, f.workspace_id, u.name, f.created_at, f.expires_at "
                        + OF_ACTIVE_USERS
                        + " AND f.ended_at IS NULL")
                .params(tenantId.toString(), familyId.toString(), Database.micros(now))
                .query((row, number) -> new Family(
                        tenantId,
                        familyId,
                        Rows.uuid(row, "user_id"),
                        Rows.uuid(row, "workspace_id"),
                        row.getString("name"),
                        Rows.instant(row, "created_at").orElseThrow(),
                        Rows.instant(row, "expires_at").orElseThrow()))
                .optional();
    }

    @Override
    public Optional<Caller> caller(Named named, Instant now, Caller.Origin origin) {
        return database.client()
                .sql("SELECT f.workspace_id, u.name " + OF_ACTIVE_USERS + " AND f.user_id = ? AND f.access_ended = 0")
                .params(
                        named.tenantId().toString(),
                        named.familyId().toString(),
                        Database.micros(now),
                        named.userId().toString())
                .query((row, number) -> (Caller) new Caller.TokenHolder(
                        named.tenantId(),
                        Rows.uuid(row, "workspace_id"),
                        named.userId(),
                        row.getString("name"),
                        named.familyId(),
                        origin))
                .optional();
    }

    @Override
    public boolean end(UUID tenantId, UUID familyId, boolean access, Instant at) {
        if (access) {
            database.client()
                    .sql("UPDATE token_families SET access_ended = 1 WHERE tenant_id = ? AND family_id = ?")
                    .params(tenantId.toString(), familyId.toString())
                    .update();
        }
        return database.client()
                        .sql("""
                                UPDATE token_families SET ended_at = ?
                                WHERE tenant_id = ? AND family_id = ? AND ended_at IS NULL""")
                        .params(Database.micros(at), tenantId.toString(), familyId.toString())
                        .update()
                == 1;
    }

    @Override
    public void endAll(UUID tenantId, UUID userId, Optional<UUID> kept, Instant at) {
        database.client()
                .sql("""
                        UPDATE token_families SET ended_at = coalesce(ended_at, ?), access_ended = 1
                        WHERE tenant_id = ? AND user_id = ? AND family_id <> ? AND access_ended = 0""")
                .params(
                        Database.micros(at),
                        tenantId.toString(),
                        userId.toString(),
                        kept.map(UUID::toString).orElse(""))
                .update();
    }

    @Override
    public void forget(Instant before) {
        database.client().sql("""
                        DELETE FROM refresh_tokens WHERE EXISTS (
                            SELECT 1 FROM token_families f
                            WHERE f.tenant_id = refresh_tokens.tenant_id AND f.family_id = refresh_tokens.family_id
                              AND f.expires_at < ?)""").param(Database.micros(before)).update();
        database.client()
                .sql("DELETE FROM token_families WHERE expires_at < ?")
                .param(Database.micros(before))
                .update();
    }
}
