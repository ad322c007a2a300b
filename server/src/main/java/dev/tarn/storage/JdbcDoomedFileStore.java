package dev.tarn.storage;

import dev.tarn.platform.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Files that were given up, in the platform's database. */
final class JdbcDoomedFileStore implements DoomedFileStore {
    /** ASCII, whatever a file is called: neither database takes every text as it is. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final String SELECT = "SELECT tenant_id, batch_id, epoch, table_location, files FROM doomed_files ";

    private static final RowMapper<DoomedBatch> BATCH = (row, number) -> new DoomedBatch(
            UUID.fromString(row.getString("tenant_id")),
            UUID.fromString(row.getString("batch_id")),
            row.getLong("epoch"),
            row.getString("table_location"),
            files(row.getString("files")));

    private final Database database;

    JdbcDoomedFileStore(Database database) {
        this.database = database;
    }

    @Override
    public long nextEpoch() {
        return database.client()
                .sql("UPDATE doom_epochs SET epoch = epoch + 1 RETURNING epoch")
                .query(Long.class)
                .single();
    }

    @Override
    public void insert(DoomedBatch batch) {
        update(
                """
                INSERT INTO doomed_files (tenant_id, batch_id, epoch, table_location, files, file_count)
                VALUES (?, ?, ?, ?, ?, ?)""",
                batch.tenantId().toString(),
                batch.id().toString(),
                batch.epoch(),
                batch.location(),
                text(batch.files()),
                batch.files().size());
    }

    private static String text(List<DoomedFile> files) {
        ArrayNode list = JSON.createArrayNode();
        files.forEach(file -> list.add(file.file()).add(file.bytes()));
        return JSON.writeValueAsString(list);
    }

    private static List<DoomedFile> files(String text) {
        JsonNode list = JSON.readTree(text);
        List<DoomedFile> files = new ArrayList<>();
        for (int i = 0; i + 1 < list.size(); i += 2) {
            files.add(new DoomedFile(list.get(i).stringValue(), list.get(i + 1).longValue()));
        }
        return files;
    }

    @Override
    public Optional<DoomedBatch> next(long upTo, Optional<DoomedBatch> after) {
        return database.client()
                .sql(SELECT + """
                        WHERE epoch <= ? AND (epoch, batch_id) > (?, ?) ORDER BY epoch, batch_id LIMIT 1""")
                .params(
                        upTo,
                        after.map(DoomedBatch::epoch).orElse(-1L),
                        after.map(batch -> batch.id().toString()).orElse(""))
                .query(BATCH)
                .optional();
    }

    @Override
    public Optional<DoomedBatch> ofTable(UUID tenantId, String location, Optional<DoomedBatch> after) {
        return database.client()
                .sql(SELECT + """
                        WHERE tenant_id = ? AND table_location = ? AND batch_id > ? ORDER BY batch_id LIMIT 1""")
                .params(
                        tenantId.toString(),
                        location,
                        after.map(batch -> batch.id().toString()).orElse(""))
                .query(BATCH)
                .optional();
    }

    @Override
    public long count(UUID tenantId, String location) {
        return database.client()
                .sql("""
                    SELECT COALESCE(SUM(file_count), 0) FROM doomed_files
                    WHERE tenant_id = ? AND table_location = ?""")
                .params(tenantId.toString(), location)
                .query(Long.class)
                .single();
    }

    @Override
    public void remove(DoomedBatch batch) {
        update(
                "DELETE FROM doomed_files WHERE tenant_id = ? AND batch_id = ?",
                batch.tenantId().toString(),
                batch.id().toString());
    }

    private void update(String sql, Object... values) {
        database.inTransaction(() -> {
            database.client().sql(sql).params(values).update();
        });
    }
}
