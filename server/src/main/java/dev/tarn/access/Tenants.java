package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tenants of this server, for its operator. */
public final class Tenants {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@ -]{0,99}");

    private final Access access;
    private final Audit audit;
    private final TenantFounder founder;
    private final TenantStore tenants;

    Tenants(Access access, Audit audit, TenantFounder founder, TenantStore tenants) {
        this.access = access;
        this.audit = audit;
        this.founder = founder;
        this.tenants = tenants;
    }

    /** All tenants of this server, by name. */
    public List<Tenant> list(Caller caller) {
        access.requireOperator(caller);
        return tenants.list();
    }

    /**
     * Makes a tenant with its first administrator.
     *
     * @throws TarnException {@code ALREADY_EXISTS} when either name is taken on this server
     */
    public NewTenant create(Caller caller, String tenantName, String administrator) {
        access.requireOperator(caller);
        return founder.found(
                named(tenantName),
                UserNames.checked(administrator),
                false,
                "first key",
                made -> audit.record(
                        caller,
                        Verb.CREATE,
                        Resource.user(made.userId().toString()),
                        Audit.Outcome.DONE,
                        Map.of("tenant", made.tenant().id().toString(), "name", made.username())));
    }

    private static String named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A name has 1 to 100 letters, digits, blanks and . _ - @, and begins with a letter or a digit");
        }
        return name.strip();
    }
}
