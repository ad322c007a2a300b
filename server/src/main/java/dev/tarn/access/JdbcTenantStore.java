package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class JdbcTenantStore implements TenantStore {
    private final Database database;

    JdbcTenantStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Tenant tenant, Instant at) {
        database.client()
                .sql("INSERT INTO tenants (tenant_id, name, created_at) VALUES (?, ?, ?)")
                .params(tenant.id().toString(), tenant.name(), Database.micros(at))
                .update();
    }

    @Override
    public void insert(UUID tenantId, Workspace workspace, Instant at) {
        database.client()
                .sql("INSERT INTO workspaces (tenant_id, workspace_id, name, created_at) VALUES (?, ?, ?, ?)")
                .params(tenantId.toString(), workspace.id().toString(), workspace.name(), Database.micros(at))
                .update();
    }

    @Override
    public Optional<Tenant> find(UUID tenantId) {
        return tenant("tenant_id", tenantId.toString());
    }

    @Override
    public Optional<Tenant> named(String name) {
        return tenant("name", name);
    }

    private Optional<Tenant> tenant(String column, String value) {
        return database.client()
                .sql("SELECT tenant_id, name FROM tenants WHERE " + column + " = ?")
                .param(value)
                .query((row, number) -> new Tenant(Rows.uuid(row, "tenant_id"), row.getString("name")))
                .optional();
    }

    @Override
    public List<Tenant> list() {
        return database.client()
                .sql("SELECT tenant_id, name FROM tenants ORDER BY name")
                .query((row, number) -> new Tenant(Rows.uuid(row, "tenant_id"), row.getString("name")))
                .list();
    }

    @Override
    public List<Workspace> workspaces(UUID tenantId) {
        return database.client()
                .sql("SELECT workspace_id, name FROM workspaces WHERE tenant_id = ? ORDER BY name")
                .param(tenantId.toString())
                .query((row, number) -> new Workspace(Rows.uuid(row, "workspace_id"), row.getString("name")))
                .list();
    }

    @Override
    public Optional<Workspace> workspace(UUID tenantId, UUID workspaceId) {
        return workspace("workspace_id", tenantId, workspaceId.toString());
    }

    @Override
    public Optional<Workspace> workspace(UUID tenantId, String name) {
        return workspace("name", tenantId, name);
    }

    private Optional<Workspace> workspace(String column, UUID tenantId, String value) {
        return database.client()
                .sql("SELECT workspace_id, name FROM workspaces WHERE tenant_id = ? AND " + column + " = ?")
                .params(tenantId.toString(), value)
                .query((row, number) -> new Workspace(Rows.uuid(row, "workspace_id"), row.getString("name")))
                .optional();
    }

    @Override
    public boolean isEmpty() {
        return database.client()
                .sql("SELECT 1 FROM tenants LIMIT 1")
                .query(Integer.class)
                .optional()
                .isEmpty();
    }
}
