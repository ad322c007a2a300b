package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;

/** Decides. Every facade calls {@link #require} before it does anything else. */
public final class Access {
    private final GrantStore grants;

    Access(GrantStore grants) {
        this.grants = grants;
    }

    /**
     * Returns when the caller may, and fails otherwise.
     *
     * @throws TarnException {@code UNAUTHENTICATED} for nobody, {@code FORBIDDEN} without the right
     */
    public void require(Caller caller, Verb verb, Resource resource) {
        if (caller instanceof Caller.Anonymous) {
            throw new TarnException(
                    ErrorCode.UNAUTHENTICATED, "A key is needed: send it as Authorization: Bearer dlx_sk_v1_...");
        }
        if (!allows(caller, verb, resource)) {
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "%s may not %s %s; an administrator can grant it"
                            .formatted(caller.name(), verb.text(), resource.text()));
        }
    }

    /** Whether the caller may; for lists, which leave out what one may not see. */
    public boolean allows(Caller caller, Verb verb, Resource resource) {
        return !(caller instanceof Caller.Anonymous)
                && grants.allows(caller.tenantId(), caller.userId(), verb, resource);
    }
}
