package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.dao.DuplicateKeyException;

/**
 * The users of a tenant. Who may {@code create} users gives them no other role than Viewer; roles, passwords and switching off
 * need {@code manage}, so that nobody makes an administrator of themselves.
 */
public final class Users {
    private static final Resource ALL = Resource.user(Resource.ALL);
    private static final List<String> DEFAULT_ROLES = List.of(BuiltInRole.VIEWER.text());

    private final Access access;
    private final Audit audit;
    private final Database database;
    private final UserStore users;
    private final TenantStore tenants;
    private final RoleStore roles;
    private final SessionStore sessions;
    private final Passwords passwords;
    private final PasswordChange change;
    private final Secrets secrets;
    private final Ids ids;
    private final Clock clock;

    Users(
            Access access,
            Audit audit,
            Database database,
            UserStore users,
            TenantStore tenants,
            RoleStore roles,
            SessionStore sessions,
            Passwords passwords,
            PasswordChange change,
            Secrets secrets,
            Ids ids,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.users = users;
        this.tenants = tenants;
        this.roles = roles;
        this.sessions = sessions;
        this.passwords = passwords;
        this.change = change;
        this.secrets = secrets;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes a user.
     *
     * @throws TarnException {@code ALREADY_EXISTS} when the name or the e-mail address is taken on this server, {@code
     *     INVALID_REQUEST} for a name, password or role that cannot be
     */
    public User create(Caller caller, NewUser wanted) {
        UUID tenantId = wanted.tenant().orElse(caller.tenantId());
        if (tenantId.equals(caller.tenantId())) {
            access.require(caller, Verb.CREATE, ALL);
        } else {
            access.requireOperator(caller);
        }
        List<String> given = wanted.roles().isEmpty() ? DEFAULT_ROLES : wanted.roles();
        if (tenantId.equals(caller.tenantId()) && !given.equals(DEFAULT_ROLES)) {
            access.require(caller, Verb.MANAGE, ALL);
        }
        String password = wanted.password().orElseGet(secrets::password);
        Passwords.requireGood(password, wanted.name(), wanted.profile());
        String hash = passwords.hash(password);
        User user = new User(
                tenantId,
                ids.next(),
                0,
                UserNames.checked(wanted.name()),
                UserNames.checked(wanted.profile()),
                true,
                false,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                wanted.issuer(),
                known(tenantId, given));
        try {
            return database.inTransaction(() -> {
                requireTenant(tenantId);
                User made = users.insert(user, hash);
                record(caller, Verb.CREATE, made, Map.of("name", made.name(), "roles", made.roles()));
                return made;
            });
        } catch (DuplicateKeyException e) {
            throw UserNames.taken(e);
        }
    }

    /** The tenant's users by name, those with the text in their name or e-mail address. */
    public Page<User> list(Caller caller, Optional<String> text, PageRequest page) {
        access.require(caller, Verb.DESCRIBE, ALL);
        List<User> found =
                users.list(caller.tenantId(), text.orElse(""), page.cursor().orElse(""), page.limit() + 1);
        return Page.of(found, page.limit(), user -> JdbcUserStore.fold(user.name()));
    }

    /** How many users the tenant has. */
    public long count(Caller caller) {
        access.require(caller, Verb.DESCRIBE, ALL);
        return users.count(caller.tenantId());
    }

    /** The caller's own user; whoever has a credential may see it. */
    public User self(Caller caller) {
        access.requireSomebody(caller);
        return users.find(caller.tenantId(), caller.userId()).orElseThrow(() -> unknown(caller.name()));
    }

    /** The user with that id or name; the caller's own, or any with the right to see users. */
    public User find(Caller caller, String idOrName) {
        access.requireSomebody(caller);
        Optional<User> found = users.meant(caller.tenantId(), idOrName);
        if (found.map(user -> !user.id().equals(caller.userId())).orElse(true)) {
            access.require(caller, Verb.DESCRIBE, ALL);
        }
        return found.orElseThrow(() -> unknown(idOrName));
    }

    /** The user with that number; the caller's own, or any with the right to see users. */
    public User numbered(Caller caller, long number) {
        access.requireSomebody(caller);
        Optional<User> found = users.numbered(caller.tenantId(), number);
        if (found.map(user -> !user.id().equals(caller.userId())).orElse(true)) {
            access.require(caller, Verb.DESCRIBE, ALL);
        }
        return found.orElseThrow(() -> unknown(Long.toString(number)));
    }

    /** Changes what is told of a user; the e-mail address of one with more roles than Viewer needs {@code manage}. */
    public User changeProfile(Caller caller, UUID userId, User.Profile profile) {
        access.require(caller, Verb.ALTER, Resource.user(userId.toString()));
        User.Profile checked = UserNames.checked(profile);
        User before = existing(caller, userId);
        if (!userId.equals(caller.userId())
                && !checked.email().equals(before.profile().email())
                && !before.roles().equals(DEFAULT_ROLES)) {
            // By the address an identity provider's user is linked to ours: whoever writes it may become that user.
            access.require(caller, Verb.MANAGE, Resource.user(userId.toString()));
        }
        try {
            return database.inTransaction(() -> {
                users.changeProfile(caller.tenantId(), userId, checked);
                User changed = existing(caller, userId);
                record(caller, Verb.ALTER, changed, Map.of("what", "profile"));
                return changed;
            });
        } catch (DuplicateKeyException e) {
            throw UserNames.taken(e);
        }
    }

    /** Switches a user off or on; one that is off has no session, and none of its keys opens anything. */
    public User setActive(Caller caller, UUID userId, boolean active) {
        access.require(caller, Verb.MANAGE, Resource.user(userId.toString()));
        requireOperatorFor(caller, userId);
        return database.inTransaction(() -> {
            User before = held(caller, userId);
            if (before.active() && !active) {
                requireAnotherAdministrator(before);
                sessions.endAll(caller.tenantId(), userId, Optional.empty(), clock.instant());
            }
            users.setActive(caller.tenantId(), userId, active);
            User changed = existing(caller, userId);
            record(caller, Verb.MANAGE, changed, Map.of("active", active));
            return changed;
        });
    }

    /** Replaces a user's roles. */
    public User setRoles(Caller caller, UUID userId, List<String> wanted) {
        access.require(caller, Verb.MANAGE, Resource.user(userId.toString()));
        List<String> known = known(caller.tenantId(), wanted);
        return changeRoles(caller, userId, before -> known);
    }

    /**
     * Gives a user roles and takes others away, whatever somebody else does at the same time. One that the user has already
     * changes nothing; one in both lists is there afterwards.
     *
     * @throws TarnException {@code NOT_FOUND} when the user does not have a role that is to be taken away
     */
    public User changeRoles(Caller caller, UUID userId, List<String> added, List<String> removed) {
        access.require(caller, Verb.MANAGE, Resource.user(userId.toString()));
        List<String> more = known(caller.tenantId(), added);
        List<String> less = known(caller.tenantId(), removed);
        return changeRoles(caller, userId, before -> {
            less.stream()
                    .filter(role -> !before.roles().contains(role))
                    .findFirst()
                    .ifPresent(role -> {
                        throw new TarnException(
                                ErrorCode.NOT_FOUND,
                                "%s does not have the role %s, but %s"
                                        .formatted(before.name(), role, String.join(", ", before.roles())));
                    });
            return Stream.concat(before.roles().stream().filter(role -> !less.contains(role)), more.stream())
                    .distinct()
                    .sorted()
                    .toList();
        });
    }

    private User changeRoles(Caller caller, UUID userId, Function<User, List<String>> change) {
        requireOperatorFor(caller, userId);
        return database.inTransaction(() -> {
            User before = held(caller, userId);
            List<String> after = change.apply(before);
            if (!after.contains(BuiltInRole.ADMIN.text())) {
                requireAnotherAdministrator(before);
            }
            users.setRoles(caller.tenantId(), userId, after);
            User changed = existing(caller, userId);
            record(caller, Verb.MANAGE, changed, Map.of("roles", changed.roles(), "before", before.roles()));
            return changed;
        });
    }

    /** Gives a user another password and ends all sessions of that user. */
    public void setPassword(Caller caller, UUID userId, String password) {
        access.require(caller, Verb.MANAGE, Resource.user(userId.toString()));
        requireOperatorFor(caller, userId);
        change.apply(caller, Verb.MANAGE, existing(caller, userId), password, Optional.empty(), () -> {});
    }

    /** Of two that take the last administrators away, one waits for the other. */
    private User held(Caller caller, UUID userId) {
        users.holdTenant(caller.tenantId());
        return existing(caller, userId);
    }

    private void requireAnotherAdministrator(User user) {
        String admin = BuiltInRole.ADMIN.text();
        boolean last = user.active()
                && user.roles().contains(admin)
                && users.withRole(user.tenantId(), admin).stream()
                        .noneMatch(other -> other.active() && !other.id().equals(user.id()));
        if (last) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "%s is the last administrator of this tenant; make another one first".formatted(user.name()));
        }
    }

    private User existing(Caller caller, UUID userId) {
        return users.find(caller.tenantId(), userId).orElseThrow(() -> unknown(userId.toString()));
    }

    /** Whoever could change the operator's password or switch the operator off would look after the server. */
    private void requireOperatorFor(Caller caller, UUID userId) {
        if (users.find(caller.tenantId(), userId).map(User::operator).orElse(false)) {
            access.requireOperator(caller);
        }
    }

    private void requireTenant(UUID tenantId) {
        if (tenants.find(tenantId).isEmpty()) {
            throw new TarnException(ErrorCode.NOT_FOUND, "There is no tenant with the id %s".formatted(tenantId));
        }
    }

    /** The names as the roles have them. */
    private List<String> known(UUID tenantId, List<String> names) {
        return names.stream()
                .map(name -> roles.named(tenantId, name)
                        .orElseThrow(() -> new TarnException(
                                ErrorCode.INVALID_REQUEST,
                                "There is no role %s; list the roles, or make it first".formatted(name))))
                .distinct()
                .sorted()
                .toList();
    }

    private void record(Caller caller, Verb verb, User user, Map<String, ?> details) {
        Map<String, Object> all = new HashMap<>(details);
        if (!user.tenantId().equals(caller.tenantId())) {
            all.put("tenant", user.tenantId().toString());
        }
        audit.record(caller, verb, Resource.user(user.name()), Audit.Outcome.DONE, all);
    }

    static TarnException unknown(String user) {
        return new TarnException(ErrorCode.NOT_FOUND, "There is no user %s; list the users".formatted(user));
    }
}
