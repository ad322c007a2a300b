package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** Workspaces of a tenant. */
public final class Workspaces {
    private final Access access;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,99}");

    private final Audit audit;
    private final Database database;
    private final TenantStore tenants;
    private final Ids ids;
    private final Clock clock;

    Workspaces(Access access, Audit audit, Database database, TenantStore tenants, Ids ids, Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
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

    /** The tenant's workspaces, by name. */
    public List<Workspace> list(Caller caller) {
        access.require(caller, Verb.DESCRIBE, Resource.workspace(Resource.ALL));
        return tenants.workspaces(caller.tenantId());
    }

    /**
     * Makes a workspace.
     *
     * @throws TarnException {@code ALREADY_EXISTS} when the tenant has one of that name
     */
    public Workspace create(Caller caller, String name) {
        access.require(caller, Verb.CREATE, Resource.workspace(Resource.ALL));
        String stripped = name.strip();
        if (!NAME.matcher(stripped).matches()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The name of a workspace has 1 to 100 of the letters a to z, digits, blanks and . _ -, and begins with a"
                            + " letter or a digit");
        }
        Workspace workspace = new Workspace(ids.next(), stripped);
        try {
            database.inTransaction(() -> {
                tenants.insert(caller.tenantId(), workspace, clock.instant());
                audit.record(caller, Verb.CREATE, Resource.workspace(stripped), Audit.Outcome.DONE, Map.of());
            });
        } catch (DuplicateKeyException e) {
            throw new TarnException(
                    ErrorCode.ALREADY_EXISTS,
                    "There is a workspace %s already; choose another name".formatted(stripped),
                    e);
        }
        return workspace;
    }
}
