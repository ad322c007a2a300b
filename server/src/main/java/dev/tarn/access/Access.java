package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;

/** Decides. Every facade calls {@link #require} before it does anything else. */
public final class Access {
    private final GrantStore grants;
    private final UserStore users;

    Access(GrantStore grants, UserStore users) {
        this.grants = grants;
        this.users = users;
    }

    /**
     * Returns when the caller may, and fails otherwise.
     *
     * @throws TarnException {@code UNAUTHENTICATED} for nobody, {@code FORBIDDEN} without the right
     */
    public void require(Caller caller, Verb verb, Resource resource) {
        requireSomebody(caller);
        if (!allows(caller, verb, resource)) {
            throw forbidden(caller, verb.text() + " " + resource.text());
        }
    }

    /** Returns when the caller has shown a credential; for what everybody may ask about themselves. */
    public void requireSomebody(Caller caller) {
        if (caller instanceof Caller.Anonymous) {
            throw new TarnException(
                    ErrorCode.UNAUTHENTICATED, "A key is needed: send it as Authorization: Bearer dlx_sk_v1_...");
        }
    }

    /** Returns when the caller looks after the server: tenants and settings. */
    public void requireOperator(Caller caller) {
        requireSomebody(caller);
        if (!users.find(caller.tenantId(), caller.userId()).map(User::operator).orElse(false)) {
            throw forbidden(caller, "look after the server");
        }
    }

    /** Whether the caller may; for lists, which leave out what one may not see. */
    public boolean allows(Caller caller, Verb verb, Resource resource) {
        return !(caller instanceof Caller.Anonymous)
                && grants.allows(caller.tenantId(), caller.userId(), verb, resource);
    }

    private static TarnException forbidden(Caller caller, String what) {
        return new TarnException(
                ErrorCode.FORBIDDEN, "%s may not %s; an administrator can grant it".formatted(caller.name(), what));
    }
}
