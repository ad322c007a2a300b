package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.MovableClock;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.TestSecrets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the kept databases of released schemas hold in this module's tables since V3, written by its facades; and that all of it
 * still means what it meant.
 */
public final class KeptRows {
    private static final String PASSWORD = "two quiet rivers";
    private static final String FILTER = "country = 'DE' AND seller = current_user";
    private static final List<String> COLUMNS = List.of("id", "country", "größe");
    private static final String TABLE = "table:iceberg.shop.orders";
    private static final Caller NOBODY = TestAccess.nobody();
    private static final String SECRET = "it's a secret";

    private final AccessParts parts;
    private final Caller admin;
    private final StoredSecrets secrets;
    private final IdentityProviders providers;

    private KeptRows(Database database, AccessParts parts, Caller admin) {
        this.parts = parts;
        this.admin = admin;
        MovableClock clock = new MovableClock();
        this.secrets = new StoredSecrets(
                parts.access(),
                parts.audit(),
                database,
                new JdbcStoredSecretStore(database),
                TestSecrets.on(database),
                TestSecrets.rotationOn(database),
                clock);
        this.providers = new IdentityProviders(
                parts.access(),
                parts.audit(),
                database,
                new JdbcIdentityProviderStore(database),
                new JdbcRoleStore(database),
                TestSecrets.on(database),
                clock);
    }

    /** Writes rows into every table of the module; one entry of the audit trail stays unsealed. */
    public static void write(Database database, TestAccess access) {
        KeptRows rows = new KeptRows(database, access.parts, access.admin());
        User user = rows.user();
        access.grants()
                .create(
                        rows.admin,
                        new NewGrant("Support", "select", TABLE, Optional.of(COLUMNS), Optional.of(FILTER)));
        access.keys().create(rows.admin, key(access.clock().instant()));
        rows.signIns(user);
        rows.secrets.put(rows.admin, "mail.password", SECRET);
        rows.secrets.rotateKey(rows.admin);
        rows.providers.put(rows.admin, "corporate", provider());
        rows.unfinished(database, user, access.clock().instant());
        access.parts.sealer(new AuditSettings(Duration.ofDays(365))).pass();
        rows.parts.roles().namePermission(rows.admin, "approve_invoices");
    }

    /** Looks at all of it with today's code; {@code key} is the administrator's. */
    public static void assertKept(Database database, String key) {
        try (AccessParts parts = TestAccess.later(database)) {
            new KeptRows(database, parts, parts.credentials().authenticate(key, Caller.Origin.LOCAL)).assertKept();
        }
    }

    private User user() {
        parts.roles().create(admin, "Support");
        return parts.users()
                .create(
                        admin,
                        new NewUser(
                                "zoe",
                                new User.Profile(
                                        Optional.of("Zoe@Example.com"), Optional.of("Zoë"), Optional.of("O'Neil")),
                                Optional.of(PASSWORD),
                                List.of("Analyst", "Support"),
                                Optional.empty(),
                                Optional.empty()));
    }

    private static WantedKey key(Instant now) {
        return new WantedKey(
                "reports",
                Optional.of("zoe"),
                Optional.of("Support"),
                Optional.of(List.of(TABLE, "namespace:iceberg.shop")),
                Optional.of(now.plus(Duration.ofDays(30))),
                Optional.of("enterprise"),
                KeyPrefix.DATIXLAB);
    }

    private static WantedProvider provider() {
        return new WantedProvider(
                "https://id.example.com/realms/main",
                "tarn",
                Optional.of(SECRET),
                Optional.of("tarn-api"),
                Optional.empty(),
                Optional.of("realm_access.roles"),
                Map.of("it's admins", "Admin"),
                Optional.of(List.of()),
                true,
                true);
    }

    /** A sign-in whose token was refreshed, one that was logged out, and one that failed. */
    private void signIns(User user) {
        LoginTokens logins = parts.loginTokens();
        logins.refresh(NOBODY, logins.signIn(NOBODY, user.name(), PASSWORD).refresh());
        logins.logout(NOBODY, logins.signIn(NOBODY, user.name(), PASSWORD).refresh());
        SignInWorld.failure(() -> logins.signIn(NOBODY, user.name(), "wrong"));
    }

    /** What only a browser and a provider together bring. */
    private void unfinished(Database database, User user, Instant now) {
        SignInAttemptStore.Attempt attempt =
                new SignInAttemptStore.Attempt(admin.tenantId(), "corporate", "browser", "/#tables");
        database.inTransaction(() -> {
            new JdbcSignInAttemptStore(database).insert(attempt, "state", "10.0.0.1", now.plus(Duration.ofMinutes(10)));
            new JdbcIdentityProviderStore(database).tellRoles(admin.tenantId(), user.id(), now);
        });
    }

    private void assertKept() {
        assertThat(parts.users().find(admin, "Zoe")).satisfies(user -> {
            assertThat(user.roles()).containsExactly("Analyst", "Support");
            assertThat(user.profile().lastName()).contains("O'Neil");
        });
        assertThat(parts.grants(List.of())
                        .list(admin, Optional.of("Support"), Optional.empty(), new PageRequest(10, Optional.empty()))
                        .items())
                .singleElement()
                .satisfies(grant -> {
                    assertThat(grant.columns()).contains(COLUMNS);
                    assertThat(grant.rows()).contains(FILTER);
                });
        assertThat(parts.keys(parts.grants(List.of()), new RateSettings(null))
                        .list(admin, new PageRequest(10, Optional.empty()))
                        .items())
                .filteredOn(key -> key.name().equals("reports"))
                .singleElement()
                .satisfies(key -> assertThat(key.limits().text())
                        .startsWith("role Support, only")
                        .contains(TABLE));
        assertThat(secrets.use(admin, "mail.password")).isEqualTo(SECRET);
        assertThat(providers.find(admin, "corporate").roleMapping()).containsEntry("it's admins", "Admin");
        assertThat(parts.auditTrail(Path.of("no-logs")).verify(admin, AuditTrail.Scope.TENANT, List.of()))
                .satisfies(report -> {
                    assertThat(report.problems()).isEmpty();
                    assertThat(report.entries()).isGreaterThan(5);
                    assertThat(report.unsealed()).isPositive();
                });
        IssuedTokens tokens = parts.loginTokens().signIn(NOBODY, "zoe@example.com", PASSWORD);
        assertThat(parts.credentials()
                        .authenticate(tokens.access(), Caller.Origin.LOCAL)
                        .name())
                .isEqualTo("zoe");
    }
}
