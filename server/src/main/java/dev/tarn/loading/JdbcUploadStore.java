package dev.tarn.loading;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** {@link UploadStore} in the platform's database. */
final class JdbcUploadStore implements UploadStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String THIS = " WHERE tenant_id = ? AND upload_id = ?";

    /** No load that still runs reads it. */
    private static final String FREE = """
             AND NOT EXISTS (
                SELECT 1 FROM loads l WHERE l.tenant_id = uploads.tenant_id AND l.load_id = uploads.load_id
                    AND l.state IN ('receiving', 'running') AND l.lease_until >= ?)""";

    private final Database database;

    JdbcUploadStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(UUID tenantId, UUID userId, Upload upload) {
        update(
                """
                INSERT INTO uploads (tenant_id, upload_id, user_id, files, bytes, sha256, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                tenantId.toString(),
                upload.id().toString(),
                userId.toString(),
                JSON.writeValueAsString(upload.files()),
                upload.bytes(),
                upload.sha256(),
                Database.micros(upload.createdAt()),
                Database.micros(upload.expiresAt()));
    }

    @Override
    public Optional<Upload> find(UUID tenantId, UUID userId, UUID id, Instant now) {
        return database.client()
                .sql("SELECT * FROM uploads" + THIS + " AND user_id = ? AND expires_at >= ?")
                .params(tenantId.toString(), id.toString(), userId.toString(), Database.micros(now))
                .query((row, number) -> new Upload(
                        Rows.uuid(row, "upload_id"),
                        JSON.readValue(row.getString("files"), new TypeReference<List<Upload.SentFile>>() {}),
                        row.getLong("bytes"),
                        row.getString("sha256"),
                        Rows.instant(row, "created_at").orElseThrow(),
                        Rows.instant(row, "expires_at").orElseThrow()))
                .optional();
    }

    @Override
    public int count(UUID tenantId, UUID userId) {
        return database.client()
                .sql("SELECT COUNT(*) FROM uploads WHERE tenant_id = ? AND user_id = ?")
                .params(tenantId.toString(), userId.toString())
                .query(Integer.class)
                .single();
    }

    @Override
    public boolean take(UUID tenantId, UUID id, UUID loadId, Instant now) {
        return update(
                        "UPDATE uploads SET load_id = ?" + THIS + FREE,
                        loadId.toString(),
                        tenantId.toString(),
                        id.toString(),
                        Database.micros(now))
                == 1;
    }

    @Override
    public void release(UUID tenantId, UUID id, UUID loadId) {
        update(
                "UPDATE uploads SET load_id = NULL" + THIS + " AND load_id = ?",
                tenantId.toString(),
                id.toString(),
                loadId.toString());
    }

    @Override
    public boolean remove(UUID tenantId, UUID id, Optional<UUID> loadId, Instant now) {
        if (loadId.isPresent()) {
            return update(
                            "DELETE FROM uploads" + THIS + " AND load_id = ?",
                            tenantId.toString(),
                            id.toString(),
                            loadId.get().toString())
                    == 1;
        }
        return update("DELETE FROM uploads" + THIS + FREE, tenantId.toString(), id.toString(), Database.micros(now))
                == 1;
    }

    @Override
    public List<Expired> expired(Instant now, int limit) {
        return database.client()
                .sql("SELECT tenant_id, upload_id FROM uploads WHERE expires_at < ?" + FREE
                        + " ORDER BY expires_at LIMIT ?")
                .params(Database.micros(now), Database.micros(now), limit)
                .query((row, number) -> new Expired(Rows.uuid(row, "tenant_id"), Rows.uuid(row, "upload_id")))
                .list();
    }

    private int update(String sql, Object... values) {
        return database.inTransaction(
                () -> database.client().sql(sql).params(values).update());
    }
}
