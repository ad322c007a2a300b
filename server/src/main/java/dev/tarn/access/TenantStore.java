package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tenants and their workspaces. */
interface TenantStore {
    /**
     * Adds a tenant.
     *
     * @throws org.springframework.dao.DuplicateKeyException when the name is taken
     */
    void insert(Tenant tenant, Instant at);

    void insert(UUID tenantId, Workspace workspace, Instant at);

    Optional<Tenant> find(UUID tenantId);

    Optional<Tenant> named(String name);

    /** By name. */
    List<Tenant> list();

    /** By name. */
    List<Workspace> workspaces(UUID tenantId);

    Optional<Workspace> workspace(UUID tenantId, UUID workspaceId);

    Optional<Workspace> workspace(UUID tenantId, String name);

    /** Whether the server has no tenant yet. */
    boolean isEmpty();
}
