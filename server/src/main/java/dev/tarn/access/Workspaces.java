package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Workspaces of a tenant. */
public final class Workspaces {
    private final Access access;
    private final TenantStore tenants;

    Workspaces(Access access, TenantStore tenants) {
        this.access = access;
        this.tenants = tenants;
    }

    /**
     * The caller in the workspace of that name; without a name, in the credential's own.
     *
     * @throws TarnException {@code WORKSPACE_NOT_FOUND}
     */
    public Caller named(Caller caller, @Nullable String name) {
        access.requireSomebody(caller);
        if (name == null) {
            return caller;
        }
        return tenants.workspace(caller.tenantId(), name)
                .map(workspace -> caller.in(workspace.id()))
                .orElseThrow(() -> new TarnException(
                        ErrorCode.WORKSPACE_NOT_FOUND,
                        "There is no workspace '%s'; leave it out, or name one that exists, such as 'default'"
                                .formatted(name)));
    }

    /** The name of one of the tenant's workspaces. */
    public Optional<String> name(Caller caller, UUID id) {
        access.requireSomebody(caller);
        return tenants.workspace(caller.tenantId(), id).map(Workspace::name);
    }
}
