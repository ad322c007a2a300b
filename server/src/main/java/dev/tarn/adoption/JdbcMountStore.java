package dev.tarn.adoption;

import dev.tarn.platform.database.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

final class JdbcMountStore implements MountStore {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Database database;

    JdbcMountStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<MountedCatalog> find(UUID tenantId) {
        return database.client()
                .sql("SELECT kind, warehouse, name, uri, properties FROM mounted_catalogs WHERE tenant_id = ?")
                .params(tenantId.toString())
                .query((row, number) -> new MountedCatalog(
                        MountedCatalog.Kind.of(row.getString("kind")).orElseThrow(),
                        row.getString("warehouse"),
                        row.getString("name"),
                        row.getString("uri"),
                        JSON.readValue(row.getString("properties"), new TypeReference<>() {})))
                .optional();
    }

    @Override
    public void put(UUID tenantId, MountedCatalog catalog, String by, Instant at) {
        database.client()
                .sql("""
                    INSERT INTO mounted_catalogs (tenant_id, kind, warehouse, name, uri, properties, changed_by, changed_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (tenant_id) DO UPDATE SET kind = excluded.kind, warehouse = excluded.warehouse,
                        name = excluded.name, uri = excluded.uri, properties = excluded.properties,
                        changed_by = excluded.changed_by, changed_at = excluded.changed_at""")
                .param(tenantId.toString())
                .param(catalog.kind().text())
                .param(catalog.warehouse())
                .param(catalog.name())
                .param(catalog.uri())
                .param(JSON.writeValueAsString(catalog.properties()))
                .param(by)
                .param(Database.micros(at))
                .update();
    }
}
