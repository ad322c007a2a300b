package dev.tarn.access;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;

/**
 * Users whom somebody else knows. One is found by issuer and subject, which never change; at the first time by a verified e-mail
 * address, or made. The operator is never found so: a tenant's provider must not decide who looks after the server.
 */
final class ExternalUsers {
    private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9._@+-]+");
    private static final int LONGEST_NAME = 60;
    private static final int ATTEMPTS = 5;

    private final Database database;
    private final UserStore users;
    private final TenantStore tenants;
    private final IdentityProviderStore store;
    private final Audit audit;
    private final Passwords passwords;
    private final Secrets secrets;
    private final Ids ids;
    private final Clock clock;

    ExternalUsers(
            Database database,
            UserStore users,
            TenantStore tenants,
            IdentityProviderStore store,
            Audit audit,
            Passwords passwords,
            Secrets secrets,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.users = users;
        this.tenants = tenants;
        this.store = store;
        this.audit = audit;
        this.passwords = passwords;
        this.secrets = secrets;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What was told of somebody, and is true.
     *
     * @param verifiedEmail an address that the issuer has verified
     * @param roles what the user is to have; empty: what is here stays, and new users get {@code firstRoles}
     * @param toldAt when the roles were told
     */
    record Told(
            UUID tenantId,
            String issuer,
            String subject,
            String wantedName,
            Optional<String> verifiedEmail,
            Optional<String> firstName,
            Optional<String> lastName,
            Optional<List<String>> roles,
            List<String> firstRoles,
            Instant toldAt) {}

    /** The active user; empty when there is none, or the roles are none. */
    Optional<User> find(Told told, boolean justInTime, Caller.Origin origin) {
        List<String> wanted = told.roles().orElse(told.firstRoles());
        if (told.roles().isPresent() && wanted.isEmpty()) {
            return Optional.empty();
        }
        Optional<User> known = known(told);
        if (known.isEmpty() && justInTime && !wanted.isEmpty()) {
            known = made(told, wanted, origin);
        }
        return known.filter(User::active).map(user -> withRoles(user, told, origin));
    }

    /** The active user as the caller of a call that carries the token, in the tenant's default workspace. */
    Optional<Caller> caller(Told told, boolean justInTime, Caller.Origin origin) {
        return find(told, justInTime, origin).map(user -> caller(user, origin));
    }

    private Optional<User> known(Told told) {
        Optional<UUID> linked = store.userOf(told.tenantId(), told.issuer(), told.subject());
        if (linked.isPresent()) {
            return users.find(told.tenantId(), linked.get()).filter(user -> !user.operator());
        }
        return told.verifiedEmail()
                .flatMap(users::withEmail)
                .map(UserStore.WithPassword::user)
                .filter(user -> user.tenantId().equals(told.tenantId()) && !user.operator() && user.active())
                // Whoever came from a provider once is not handed to another subject.
                .filter(user -> user.issuer().isEmpty())
                .map(user -> linked(user, told));
    }

    private User linked(User user, Told told) {
        return database.inTransaction(() -> {
            store.link(user.tenantId(), user.id(), told.issuer(), told.subject());
            return users.find(user.tenantId(), user.id()).orElseThrow();
        });
    }

    private Optional<User> made(Told told, List<String> roles, Caller.Origin origin) {
        String hash = passwords.hash(secrets.password()); // which nobody knows
        String name = fit(told.wantedName());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // The name may be somebody's: then this is another person, whatever the token says.
            String tried = attempt == 0 ? name : name + "-" + secrets.password().substring(0, 6);
            try {
                return Optional.of(made(told, roles, tried, hash, attempt < 2, origin));
            } catch (DuplicateKeyException e) {
                Optional<User> meanwhile = known(told); // by another request of the same person
                if (meanwhile.isPresent()) {
                    return meanwhile;
                }
            }
        }
        return Optional.empty();
    }

    private User made(
            Told told, List<String> roles, String name, String hash, boolean withEmail, Caller.Origin origin) {
        User user = new User(
                told.tenantId(),
                ids.next(),
                0,
                UserNames.checked(name),
                profile(told, withEmail),
                true,
                false,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Optional.of(told.issuer()),
                roles);
        return database.inTransaction(() -> {
            User made = users.insert(user, hash);
            store.link(told.tenantId(), made.id(), told.issuer(), told.subject());
            audit.record(
                    caller(made, origin),
                    Verb.CREATE,
                    Resource.user(made.name()),
                    Audit.Outcome.DONE,
                    Map.of("issuer", told.issuer(), "roles", roles));
            return made;
        });
    }

    /** What does not fit is left out: nobody is refused because of a name. */
    private static User.Profile profile(Told told, boolean withEmail) {
        return new User.Profile(
                told.verifiedEmail().filter(email -> withEmail && UserNames.isEmail(email)),
                told.firstName().filter(UserNames::isOwnName),
                told.lastName().filter(UserNames::isOwnName));
    }

    private static String fit(String wanted) {
        String name = UNFIT.matcher(wanted).replaceAll("-");
        String begun = name.isEmpty() || !Character.isLetterOrDigit(name.charAt(0)) ? "u" + name : name;
        return begun.length() > LONGEST_NAME ? begun.substring(0, LONGEST_NAME) : begun;
    }

    private User withRoles(User user, Told told, Caller.Origin origin) {
        List<String> wanted =
                told.roles().map(roles -> roles.stream().sorted().toList()).orElse(user.roles());
        if (wanted.equals(user.roles())) {
            return user;
        }
        return database.inTransaction(() -> {
            if (!store.tellRoles(user.tenantId(), user.id(), told.toldAt())) {
                return user; // an older token than the one that has told the roles
            }
            users.setRoles(user.tenantId(), user.id(), wanted);
            audit.record(
                    caller(user, origin),
                    Verb.MANAGE,
                    Resource.user(user.name()),
                    Audit.Outcome.DONE,
                    Map.of("issuer", told.issuer(), "roles", wanted, "before", user.roles()));
            return users.find(user.tenantId(), user.id()).orElseThrow();
        });
    }

    /** The token is the proof at each call; no session has the user's id, so nothing that ends or limits sessions means it. */
    private Caller caller(User user, Caller.Origin origin) {
        Workspace workspace =
                tenants.workspace(user.tenantId(), Workspace.DEFAULT).orElseThrow();
        return new Caller.TokenHolder(user.tenantId(), workspace.id(), user.id(), user.name(), user.id(), origin);
    }
}
