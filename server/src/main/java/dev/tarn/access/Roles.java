package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;

/** The roles of a tenant: the built-in ones, and those that it has made, which may what is granted to them. */
public final class Roles {
    private static final Resource ALL = Resource.all(Resource.Kind.ROLE);
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._ -]{0,99}");
    private static final int MOST = 1_000;

    private final Access access;
    private final Audit audit;
    private final Database database;
    private final RoleStore roles;
    private final GrantStore grants;
    private final UserStore users;
    private final Clock clock;

    Roles(
            Access access,
            Audit audit,
            Database database,
            RoleStore roles,
            GrantStore grants,
            UserStore users,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.roles = roles;
        this.grants = grants;
        this.users = users;
        this.clock = clock;
    }

    /** All roles, the built-in ones first. */
    public List<Role> list(Caller caller) {
        access.require(caller, Verb.DESCRIBE, ALL);
        Map<String, Long> members = roles.members(caller.tenantId());
        List<Role> all = new ArrayList<>();
        for (BuiltInRole role : BuiltInRole.values()) {
            all.add(new Role(role.text(), true, role.description(), 0, members.getOrDefault(role.text(), 0L)));
        }
        for (RoleStore.Numbered role : roles.list(caller.tenantId())) {
            all.add(new Role(role.name(), false, "", role.number(), members.getOrDefault(role.name(), 0L)));
        }
        return all;
    }

    /**
     * Makes a role, which may nothing until something is granted to it.
     *
     * @throws TarnException {@code ALREADY_EXISTS} when the tenant has one of that name, in any case
     */
    public Role create(Caller caller, String name) {
        access.require(caller, Verb.CREATE, ALL);
        String checked = checked(name, "role");
        try {
            return database.inTransaction(() -> {
                users.holdTenant(caller.tenantId());
                if (roles.named(caller.tenantId(), checked).isPresent()) {
                    throw taken("role", checked);
                }
                if (roles.list(caller.tenantId()).size() >= MOST) {
                    throw new TarnException(
                            ErrorCode.INVALID_REQUEST,
                            "This tenant has %d roles, which is the most; remove one".formatted(MOST));
                }
                RoleStore.Numbered made = roles.insert(caller.tenantId(), checked, clock.instant());
                record(caller, Verb.CREATE, checked);
                return new Role(made.name(), false, "", made.number(), 0);
            });
        } catch (DuplicateKeyException e) {
            throw taken("role", checked);
        }
    }

    /** Removes a role that the tenant has made, from its users too, and all grants to it. */
    public void delete(Caller caller, String name) {
        access.require(caller, Verb.DROP, new Resource(Resource.Kind.ROLE, name));
        if (BuiltInRole.named(name).isPresent()) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "The role %s is built in and stays".formatted(name));
        }
        database.inTransaction(() -> {
            String known = roles.named(caller.tenantId(), name)
                    .orElseThrow(() -> new TarnException(
                            ErrorCode.NOT_FOUND, "There is no role %s; list the roles".formatted(name)));
            grants.deleteTo(caller.tenantId(), known);
            roles.delete(caller.tenantId(), known);
            record(caller, Verb.DROP, known);
        });
    }

    /**
     * Names a permission, as Data-ML does. One that is the name of a verb can be granted; any other does nothing.
     *
     * @return its number
     * @throws TarnException {@code ALREADY_EXISTS}
     */
    public long namePermission(Caller caller, String name) {
        access.require(caller, Verb.CREATE, ALL);
        String checked = checked(name, "permission");
        try {
            return database.inTransaction(() -> {
                RoleStore.Numbered made = roles.insertPermission(caller.tenantId(), checked, clock.instant());
                audit.record(
                        caller,
                        Verb.CREATE,
                        new Resource(Resource.Kind.SETTING, "permission " + checked),
                        Audit.Outcome.DONE,
                        Map.of());
                return made.number();
            });
        } catch (DuplicateKeyException e) {
            throw taken("permission", checked);
        }
    }

    private void record(Caller caller, Verb verb, String role) {
        audit.record(caller, verb, new Resource(Resource.Kind.ROLE, role), Audit.Outcome.DONE, Map.of());
    }

    private static String checked(String name, String what) {
        String stripped = name.strip();
        if (!NAME.matcher(stripped).matches()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The name of a %s has 1 to 100 of the letters a to z, digits, blanks and . _ -, and begins with a letter"
                            .formatted(what));
        }
        return stripped;
    }

    private static TarnException taken(String what, String name) {
        return new TarnException(
                ErrorCode.ALREADY_EXISTS, "There is a %s %s already; choose another name".formatted(what, name));
    }
}
