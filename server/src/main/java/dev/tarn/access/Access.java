package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Who may do what. Every facade asks here first. What a caller may is read anew for each question, so that a grant that is
 * taken away, a user that is switched off and a key that is revoked have no effect any more from that moment on, on every
 * server.
 */
public final class Access {
    private final GrantStore grants;
    private final UserStore users;
    private final Audit audit;
    private final Clock clock;

    Access(GrantStore grants, UserStore users, Audit audit, Clock clock) {
        this.grants = grants;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Returns when the caller may, and fails otherwise.
     *
     * @throws TarnException {@code UNAUTHENTICATED} for nobody, {@code FORBIDDEN} without the right
     */
    public void require(Caller caller, Verb verb, Resource resource) {
        requireSomebody(caller);
        if (!allows(caller, verb, resource)) {
            audit.denied(caller, verb.text(), resource);
            throw forbidden(caller, verb, resource);
        }
    }

    /** Returns when the caller has shown a credential; for what everybody may ask about themselves. */
    public void requireSomebody(Caller caller) {
        if (caller instanceof Caller.Anonymous) {
            throw new TarnException(
                    ErrorCode.UNAUTHENTICATED,
                    "A key is needed: send it as Authorization: Bearer " + KeyPrefix.TARN.text() + "...");
        }
    }

    /** Returns unless the caller's key is restricted to some data; for what concerns the user as a whole. */
    public void requireUnrestricted(Caller caller) {
        requireSomebody(caller);
        if (isRestricted(caller)) {
            throw refused(caller, "do this with a key that is restricted to some data", "use another key");
        }
    }

    /** Whether the caller's key is restricted to some data. */
    public boolean isRestricted(Caller caller) {
        return limits(caller).only().isPresent();
    }

    private KeyLimits limits(Caller caller) {
        return rights(caller, Resource.user(caller.name())).limits(); // of whatever resource: limits are the key's
    }

    /** Returns unless the caller's key may less than its user; for what would make it the whole user. */
    void requireWholeUser(Caller caller) {
        requireSomebody(caller);
        if (!limits(caller).equals(KeyLimits.NONE)) {
            throw refused(caller, "do this with a key that may less than its user", "use another key");
        }
    }

    /** Returns when the caller looks after the server: tenants and settings. A key with limits does not. */
    public void requireOperator(Caller caller) {
        requireSomebody(caller);
        if (!isOperator(caller)) {
            audit.denied(caller, Verb.MANAGE.text(), Resource.all(Resource.Kind.TENANT));
            throw refused(caller, "look after the server", "the operator can do it");
        }
    }

    /** Whether the caller looks after the server, and so may know what its other tenants make it do. */
    public boolean isOperator(Caller caller) {
        boolean operator = users.find(caller.tenantId(), caller.userId())
                .filter(User::active)
                .map(User::operator)
                .orElse(false);
        return operator && allows(caller, Verb.MANAGE, Resource.all(Resource.Kind.TENANT));
    }

    /** Whether the caller may. */
    public boolean allows(Caller caller, Verb verb, Resource resource) {
        return rights(caller, resource).allow(verb, resource);
    }

    /** What the caller may do with one thing at this moment; a caller may have thousands of grants on others. */
    public Rights rights(Caller caller, Resource on) {
        return grants.rights(caller, on);
    }

    /** All that the caller may at this moment; for lists, which leave out what one may not see. */
    public Rights rights(Caller caller) {
        return grants.rights(caller);
    }

    /** What the caller may read of a table; nothing of it, perhaps. */
    public TableRights tableRights(Caller caller, Resource table) {
        return rights(caller, table).table(table);
    }

    /** Who will stand behind work that the caller asks for now and that goes on without it. */
    public JobOwner jobOwner(Caller caller) {
        requireSomebody(caller);
        return new JobOwner(
                caller.tenantId(),
                caller.workspaceId(),
                caller.userId(),
                caller.name(),
                grants.keyOf(caller),
                caller.origin());
    }

    /** Whether work is the caller's own. What a key with limits sees of its user's work is what it asked for itself. */
    public boolean owns(Caller caller, JobOwner owner) {
        return owner.tenantId().equals(caller.tenantId())
                && owner.userId().equals(caller.userId())
                && (rights(caller).limits().equals(KeyLimits.NONE)
                        || (owner.keyId().isPresent() && owner.keyId().equals(grants.keyOf(caller))));
    }

    /** Gives the caller everything on what it has just made, in the same transaction; it is its owner. */
    public void own(Caller caller, Resource made) {
        requireSomebody(caller);
        grants.own(caller.tenantId(), caller.userId(), made, clock.instant());
    }

    /** Forgets all grants on what was just removed, in the same transaction: what is made under its name later is another. */
    public void forget(Caller caller, Resource removed) {
        requireSomebody(caller);
        grants.deleteOn(caller.tenantId(), removed);
    }

    /** Lets all grants on a thing follow it to its new name, in the same transaction; nobody gets or loses one by it. */
    public void rename(Caller caller, Resource from, Resource to) {
        requireSomebody(caller);
        grants.move(caller.tenantId(), from, to);
    }

    /**
     * Lets the lists of columns in grants on a table follow its columns, in the same transaction. A list of which nothing is left
     * stays empty, and gives no column.
     *
     * @param followed a list as it becomes
     */
    public void followColumns(Caller caller, Resource table, UnaryOperator<List<String>> followed) {
        requireSomebody(caller);
        for (Grant grant : grants.withColumns(caller.tenantId(), table)) {
            List<String> before = grant.columns().orElseThrow();
            List<String> after = followed.apply(before);
            if (!after.equals(before)) {
                grants.limit(caller.tenantId(), grant.id(), after);
                audit.record(
                        caller,
                        Verb.GRANT,
                        table,
                        Audit.Outcome.DONE,
                        Map.of("what", "columns", "id", grant.id().toString(), "before", before, "after", after));
            }
        }
    }

    /**
     * Whether a user may, why, and who could change it. Everybody may ask about themselves.
     *
     * @param user the id of a user of the caller's tenant
     * @throws TarnException {@code FORBIDDEN} for another user without the right to see users
     */
    public Decision why(Caller caller, UUID user, Verb verb, Resource resource) {
        requireSomebody(caller);
        if (!user.equals(caller.userId())) {
            require(caller, Verb.DESCRIBE, Resource.user(user.toString()));
        }
        User asked = users.find(caller.tenantId(), user)
                .orElseThrow(() -> new TarnException(
                        ErrorCode.NOT_FOUND, "There is no user with the id %s; list the users".formatted(user)));
        Rights rights = user.equals(caller.userId()) ? rights(caller) : grants.rightsOf(caller.tenantId(), user);
        Decision decision = Decision.of(asked, rights, verb, resource, granters(caller.tenantId(), resource));
        Rights own = rights(caller);
        boolean seesGrants =
                own.allow(Verb.DESCRIBE, Resource.all(Resource.Kind.GRANT)) || own.allow(Verb.GRANT, resource);
        return seesGrants ? decision : decision.withoutFilters();
    }

    /** The names of active users who can give rights on the resource. */
    private List<String> granters(UUID tenantId, Resource resource) {
        List<User> able = new ArrayList<>(users.withRole(tenantId, BuiltInRole.ADMIN.text()));
        for (Grant grant : grants.withVerb(tenantId, Verb.GRANT)) {
            if (grant.covers(resource)) {
                able.addAll(
                        grant.granteeKind() == Grant.GranteeKind.ROLE
                                ? users.withRole(tenantId, grant.grantee())
                                : users.find(tenantId, UUID.fromString(grant.grantee())).stream()
                                        .toList());
            }
        }
        return able.stream()
                .filter(User::active)
                .map(User::name)
                .distinct()
                .sorted()
                .toList();
    }

    private static TarnException forbidden(Caller caller, Verb verb, Resource resource) {
        return refused(caller, verb.text() + " " + resource.text(), "an administrator or its owner can grant it")
                .with("verb", verb.text())
                .with("resource", resource.text());
    }

    private static TarnException refused(Caller caller, String what, String remedy) {
        return new TarnException(ErrorCode.FORBIDDEN, "%s may not %s; %s".formatted(caller.name(), what, remedy));
    }
}
