package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

final class JdbcSessionStore implements SessionStore {
    private final Database database;
    private final FamilyStore families;

    JdbcSessionStore(Database database, FamilyStore families) {
        this.database = database;
        this.families = families;
    }

    @Override
    public void insert(NewSession session, String secretHash) {
        database.client()
                .sql("""
                        INSERT INTO sessions (tenant_id, session_id, user_id, workspace_id, secret_hash, created_at,
                            expires_at, key_id)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        session.tenantId().toString(),
                        session.id().toString(),
                        session.userId().toString(),
                        session.workspaceId().toString(),
                        secretHash,
                        Database.micros(session.createdAt()),
                        Database.micros(session.expiresAt()))
                .param(session.keyId().map(UUID::toString).orElse(null))
                .update();
    }

    @Override
    public Optional<Caller.Person> open(String secretHash, Instant now, Caller.Origin origin) {
        long micros = Database.micros(now);
        return database.client()
                .sql("""
                        SELECT s.tenant_id, s.workspace_id, s.user_id, s.session_id, u.name
                        FROM sessions s
                        JOIN users u ON u.tenant_id = s.tenant_id AND u.user_id = s.user_id
                        LEFT JOIN api_keys k ON k.tenant_id = s.tenant_id AND k.key_id = s.key_id
                        WHERE s.secret_hash = ? AND s.ended_at IS NULL AND s.expires_at > ? AND u.active = 1
                          AND (s.key_id IS NULL
                            OR k.key_id IS NOT NULL AND k.revoked_at IS NULL
                              AND (k.expires_at IS NULL OR k.expires_at > ?))""")
                .params(secretHash, micros, micros)
                .query((row, number) -> new Caller.Person(
                        Rows.uuid(row, "tenant_id"),
                        Rows.uuid(row, "workspace_id"),
                        Rows.uuid(row, "user_id"),
                        row.getString("name"),
                        Rows.uuid(row, "session_id"),
                        origin))
                .optional();
    }

    @Override
    public void end(UUID tenantId, UUID sessionId, Instant at) {
        database.client()
                .sql("UPDATE sessions SET ended_at = ? WHERE tenant_id = ? AND session_id = ? AND ended_at IS NULL")
                .params(Database.micros(at), tenantId.toString(), sessionId.toString())
                .update();
        families.end(tenantId, sessionId, true, at);
    }

    @Override
    public void endAll(UUID tenantId, UUID userId, Optional<UUID> kept, Instant at) {
        database.client()
                .sql("""
                        UPDATE sessions SET ended_at = ?
                        WHERE tenant_id = ? AND user_id = ? AND session_id <> ? AND ended_at IS NULL""")
                .params(
                        Database.micros(at),
                        tenantId.toString(),
                        userId.toString(),
                        kept.map(UUID::toString).orElse(""))
                .update();
        families.endAll(tenantId, userId, kept, at);
    }

    @Override
    public void forget(Instant before) {
        database.client()
                .sql("DELETE FROM sessions WHERE expires_at < ?")
                .param(Database.micros(before))
                .update();
    }
}
