package dev.tarn.access;

import dev.tarn.platform.Ids;
import dev.tarn.platform.MovableClock;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.TestSecrets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Tenants, callers and rights for tests of other modules, on a database and without a server. */
public final class TestAccess implements AutoCloseable {
    static final SignInSettings SIGN_IN = new SignInSettings(
            Duration.ofMinutes(30),
            Duration.ofDays(30),
            Duration.ofDays(90),
            10,
            Duration.ofSeconds(30),
            Duration.ofMinutes(15),
            20);

    private static final AccessSettings SETTINGS = new AccessSettings(Duration.ofHours(12), 2, Duration.ofSeconds(5));

    final AccessParts parts;
    private final Database database;
    private final NewTenant first;
    private final MovableClock clock;
    private int tenants;

    private TestAccess(Database database, AccessParts parts, NewTenant first, MovableClock clock) {
        this.database = database;
        this.parts = parts;
        this.first = first;
        this.clock = clock;
    }

    /** Makes the first tenant of an empty database. Its clock stands still. */
    public static TestAccess on(Database database) {
        MovableClock clock = new MovableClock();
        AccessParts parts = parts(42, database, clock, SETTINGS);
        return new TestAccess(database, parts, parts.firstStart().begin("test").orElseThrow(), clock);
    }

    private static AccessParts parts(long seed, Database database, MovableClock clock, AccessSettings settings) {
        Random random = new Random(seed);
        return new AccessParts(
                database, new Ids(clock, random), clock, random, () -> TestSecrets.on(database), settings, SIGN_IN);
    }

    public Access access() {
        return parts.access();
    }

    /** Keys of programs. */
    public Keys keys() {
        return parts.keys(grants(), new RateSettings(null));
    }

    /** Rights that are given; names of tables are taken as they are written. */
    public Grants grants() {
        return parts.grants(List.of());
    }

    public Users users() {
        return parts.users();
    }

    public Roles roles() {
        return parts.roles();
    }

    /** A user of the caller's tenant with these roles, with a key of its own. */
    public Caller user(Caller administrator, String name, String... roles) {
        User user = users().create(
                        administrator,
                        new NewUser(
                                name,
                                User.Profile.NONE,
                                Optional.empty(),
                                List.of(roles),
                                Optional.empty(),
                                Optional.empty()));
        WantedKey wanted = keyOf(user.id().toString());
        return parts.credentials()
                .authenticate(keys().create(administrator, wanted).secret(), Caller.Origin.LOCAL);
    }

    /** A key for a user, by name or id. */
    static WantedKey keyOf(String user) {
        return new WantedKey(
                "key of " + user,
                Optional.of(user),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public Audit audit() {
        return parts.audit();
    }

    public MovableClock clock() {
        return clock;
    }

    /** What the first start made. */
    public NewTenant first() {
        return first;
    }

    /** The first tenant's administrator, who is the operator too. */
    public Caller admin() {
        return parts.credentials().authenticate(first.key().secret(), Caller.Origin.LOCAL);
    }

    /** The administrator of one more tenant; each call makes another. */
    public Caller anotherTenant() {
        tenants++;
        NewTenant made = parts.tenants().create(admin(), "tenant " + tenants, "admin " + tenants);
        return parts.credentials().authenticate(made.key().secret(), Caller.Origin.LOCAL);
    }

    /** The caller of a key in a database that was made earlier. */
    public static Caller callerOf(Database database, String key) {
        MovableClock clock = new MovableClock();
        try (AccessParts parts = parts(42, database, clock, SETTINGS)) {
            return parts.credentials().authenticate(key, Caller.Origin.LOCAL);
        }
    }

    /** The caller of a key that was just made. */
    public Caller callerOf(NewKey key) {
        return parts.credentials().authenticate(key.secret(), Caller.Origin.LOCAL);
    }

    /** A server on a database that was made earlier; its ids are not those of then. */
    static AccessParts later(Database database) {
        return parts(43, database, new MovableClock(), SETTINGS);
    }

    /** One more server on the same database, with the same clock. */
    AccessParts anotherServer() {
        return parts(first.userId().hashCode() + 7, database, clock, SETTINGS);
    }

    /** Opens a session of the administrator. */
    public SignedIn signIn() {
        return parts.signIn().withKey(nobody(), first.key().secret());
    }

    /** Somebody without a credential. */
    public static Caller nobody() {
        return new Caller.Anonymous(Caller.Origin.LOCAL);
    }

    @Override
    public void close() {
        parts.close();
    }
}
