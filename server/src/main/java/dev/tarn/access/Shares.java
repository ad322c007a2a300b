package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tables and namespaces shared with single users, by whoever made them or may grant on them. A share is nothing of its own but a
 * few grants: whoever was granted the same verbs in another way is in the list too, and withdrawing takes those away.
 */
public final class Shares {
    private static final int BATCH = 1_000;
    private static final Set<Verb> VERBS = ShareRole.EDITOR.verbs();

    private final Access access;
    private final Database database;
    private final Grants grants;
    private final GrantStore store;
    private final UserStore users;

    Shares(Access access, Database database, Grants grants, GrantStore store, UserStore users) {
        this.access = access;
        this.database = database;
        this.grants = grants;
        this.store = store;
        this.users = users;
    }

    /** With whom it is shared, by name; not its owner. */
    public List<Share> list(Caller caller, Resource on) {
        access.require(caller, Verb.GRANT, on);
        Map<String, ShareRole> roles = new TreeMap<>();
        for (Grant grant : grantsOn(caller, on)) {
            if (grant.granteeKind() == Grant.GranteeKind.USER && !isOwner(grant) && !grant.isLimited()) {
                role(grant)
                        .ifPresent(role -> roles.merge(
                                grant.grantedTo(), role, (one, other) -> one == ShareRole.EDITOR ? one : other));
            }
        }
        return roles.entrySet().stream()
                .map(share -> new Share(share.getKey(), share.getValue()))
                .toList();
    }

    /** The names of the users who made it; of what the caller does not see, none. */
    public List<String> owners(Caller caller, Resource on) {
        if (!access.allows(caller, Verb.DESCRIBE, on)) {
            return List.of();
        }
        return grantsOn(caller, on).stream()
                .filter(Shares::isOwner)
                .map(Grant::grantedTo)
                .toList();
    }

    /**
     * Shares it, in this role and no other.
     *
     * @throws TarnException {@code NOT_FOUND} for a user whom the tenant has not, {@code INVALID_REQUEST} for its owner, {@code
     *     ALREADY_EXISTS} for one who was granted some of its columns or rows
     */
    public void share(Caller caller, Resource on, String username, ShareRole role) {
        access.require(caller, Verb.GRANT, on);
        User user = user(caller, username);
        if (user.id().equals(caller.userId())) {
            throw ownerNeedsNone(user, on);
        }
        database.inTransaction(() -> {
            Set<Verb> missing = EnumSet.copyOf(role.verbs());
            for (Grant grant : grantsTo(caller, on, user)) {
                if (isOwner(grant)) {
                    throw ownerNeedsNone(user, on);
                }
                Optional<Verb> verb = Verb.named(grant.verb());
                if (verb.isPresent() && missing.contains(verb.get()) && !grant.isLimited()) {
                    missing.remove(verb.get());
                } else if (isOfShare(grant) && !grant.isLimited()) {
                    grants.delete(caller, grant.id());
                }
            }
            for (Verb verb : missing) {
                grants.create(
                        caller,
                        new NewGrant("user:" + user.id(), verb.text(), on.text(), Optional.empty(), Optional.empty()));
            }
        });
    }

    private static TarnException ownerNeedsNone(User user, Resource on) {
        return new TarnException(
                ErrorCode.INVALID_REQUEST, "%s owns %s, and needs no share of it".formatted(user.name(), on.text()));
    }

    /**
     * Takes a share back.
     *
     * @throws TarnException {@code NOT_FOUND} when it is not shared with that user
     */
    public void withdraw(Caller caller, Resource on, String username) {
        access.require(caller, Verb.GRANT, on);
        User user = user(caller, username);
        database.inTransaction(() -> {
            List<Grant> shared = grantsTo(caller, on, user).stream()
                    .filter(grant -> isOfShare(grant) && !isOwner(grant))
                    .toList();
            if (shared.isEmpty()) {
                throw new TarnException(
                        ErrorCode.NOT_FOUND,
                        "%s is not shared with %s; list the shares".formatted(on.text(), user.name()));
            }
            shared.forEach(grant -> grants.delete(caller, grant.id()));
        });
    }

    private User user(Caller caller, String name) {
        return users.named(caller.tenantId(), name)
                .orElseThrow(() ->
                        new TarnException(ErrorCode.NOT_FOUND, "There is no user %s; check the name".formatted(name)));
    }

    private List<Grant> grantsTo(Caller caller, Resource on, User user) {
        return grantsOn(caller, on).stream()
                .filter(grant -> grant.granteeKind() == Grant.GranteeKind.USER
                        && grant.grantee().equals(user.id().toString()))
                .toList();
    }

    private List<Grant> grantsOn(Caller caller, Resource on) {
        List<Grant> all = new ArrayList<>();
        Optional<String> before = Optional.empty();
        List<Grant> batch;
        do {
            batch = store.list(caller.tenantId(), Optional.empty(), Optional.of(on.text()), before, BATCH);
            all.addAll(batch);
            before = batch.isEmpty()
                    ? Optional.empty()
                    : Optional.of(batch.getLast().id().toString());
        } while (batch.size() == BATCH);
        return all;
    }

    /** What came with the making of the thing was given by nobody. */
    private static boolean isOwner(Grant grant) {
        return grant.granteeKind() == Grant.GranteeKind.USER
                && grant.verb().equals(Verb.ANY)
                && grant.createdBy().isEmpty();
    }

    private static boolean isOfShare(Grant grant) {
        return grant.verb().equals(Verb.ANY)
                || Verb.named(grant.verb()).filter(VERBS::contains).isPresent();
    }

    /** Whoever sees that a thing is there, and no more, has no share of it. */
    private static Optional<ShareRole> role(Grant grant) {
        if (grant.verb().equals(Verb.ANY)) {
            return Optional.of(ShareRole.EDITOR);
        }
        return Verb.named(grant.verb()).flatMap(verb -> switch (verb) {
            case INSERT, UPDATE -> Optional.of(ShareRole.EDITOR);
            case SELECT -> Optional.of(ShareRole.VIEWER);
            case DESCRIBE, CREATE, ALTER, DROP, USE, APPROVE, MANAGE, GRANT -> Optional.empty();
        });
    }
}
