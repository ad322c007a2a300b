package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Map;
import java.util.regex.Pattern;

/** Tenants of this server, for its operator. */
public final class Tenants {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@ -]{0,99}");

    private final Access access;
    private final Audit audit;
    private final TenantFounder founder;

    Tenants(Access access, Audit audit, TenantFounder founder) {
        this.access = access;
        this.audit = audit;
        this.founder = founder;
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
                named(administrator),
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
