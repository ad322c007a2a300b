package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.StoreContract;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole module as its callers see it, on both databases: facades, stores and audit trail together. */
abstract class AccessContract extends StoreContract {
    private TestAccess test;
    private AccessParts parts;
    private Caller admin;

    @BeforeAll
    void begin() {
        test = TestAccess.on(database);
        parts = test.parts;
        admin = test.admin();
    }

    @AfterAll
    void end() {
        test.close();
    }

    @Test
    void theFirstAdministratorMayDoEverything() {
        for (Verb verb : Verb.values()) {
            assertThat(parts.access().allows(admin, verb, Resource.table("iceberg.shop.orders")))
                    .isTrue();
        }
        assertThatCode(() -> parts.access().requireOperator(admin)).doesNotThrowAnyException();
    }

    @Test
    void nobodyMayDoNothing() {
        assertCode(
                ErrorCode.UNAUTHENTICATED,
                () -> parts.access().require(TestAccess.nobody(), Verb.DESCRIBE, Resource.catalog("iceberg")));
        assertThat(parts.access().allows(TestAccess.nobody(), Verb.DESCRIBE, Resource.catalog("iceberg")))
                .isFalse();
    }

    @Test
    void aUserWithoutARoleMayDoNothingWithTables() {
        Caller plain = plainUser();
        assertCode(
                ErrorCode.FORBIDDEN, () -> parts.access().require(plain, Verb.SELECT, Resource.table("iceberg.a.b")));
        assertCode(ErrorCode.FORBIDDEN, () -> parts.access().requireOperator(plain));
        Eventually.holds(() -> {
            assertThat(audited("select", Resource.table("iceberg.a.b")))
                    .anySatisfy(entry -> assertThat(entry.outcome()).isEqualTo("denied"));
            assertThat(audited("manage", Resource.all(Resource.Kind.TENANT)))
                    .anySatisfy(entry -> assertThat(entry.actorId()).isEqualTo(plain.userId()));
        });
    }

    @Test
    void aKeyIsItsCallerUntilItIsRevoked() {
        NewKey made = test.keys().create(admin, WantedKey.named("ci"));
        Caller.Origin origin = new Caller.Origin("r1", "10.0.0.1");
        Caller caller = parts.credentials().authenticate(made.secret(), origin);
        assertThat(caller)
                .isEqualTo(new Caller.KeyHolder(
                        admin.tenantId(),
                        admin.workspaceId(),
                        admin.userId(),
                        "admin",
                        made.key().id(),
                        origin));
        assertThat(made.secret()).startsWith(made.key().prefix()).hasSize(53);
        assertThat(made.toString()).doesNotContain(made.secret());

        test.keys().revoke(admin, made.key().id());
        test.keys().revoke(admin, made.key().id());
        assertCode(ErrorCode.UNAUTHENTICATED, () -> parts.credentials().authenticate(made.secret(), origin));
        assertThat(audited("drop", Resource.key(made.key().id().toString()))).hasSize(1);
    }

    @Test
    void garbageExpiredAndRevokedKeysLookAlike() {
        NewKey expired = test.keys()
                .create(
                        admin,
                        WantedKey.named("short")
                                .until(Optional.of(test.clock().instant().plusSeconds(60))));
        NewKey revoked = test.keys().create(admin, WantedKey.named("revoked"));
        test.keys().revoke(admin, revoked.key().id());
        test.clock().advance(Duration.ofSeconds(60));
        Set<String> sentences = new HashSet<>();
        String unknown = "dlx_sk_v1_" + "a".repeat(43);
        for (String text :
                List.of("", "garbage", unknown, unknown + "x", expired.secret(), revoked.secret(), "é".repeat(9_000))) {
            assertThatThrownBy(() -> parts.credentials().authenticate(text, Caller.Origin.LOCAL))
                    .isInstanceOfSatisfying(TarnException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
                        sentences.add(failure.message());
                    });
        }
        assertThat(sentences).hasSize(1);
    }

    @Test
    void keysAreListedNewestFirstByPages() {
        Caller other = test.anotherTenant();
        for (int i = 0; i < 4; i++) {
            test.clock().advance(Duration.ofMillis(5));
            test.keys().create(other, WantedKey.named("key " + i));
        }
        var first = test.keys().list(other, PageRequest.first(3));
        var second = test.keys().list(other, new PageRequest(3, first.next()));
        assertThat(first.items()).extracting(ApiKey::name).containsExactly("key 3", "key 2", "key 1");
        assertThat(second.items()).extracting(ApiKey::name).containsExactly("key 0", "first key");
        assertThat(second.next()).isEmpty();
        assertThat(first.items().getFirst().userName()).isEqualTo(other.name());
    }

    @Test
    void anotherTenantsKeyIsNotFound() {
        Caller other = test.anotherTenant();
        NewKey made = test.keys().create(other, WantedKey.named("theirs"));
        assertCode(
                ErrorCode.NOT_FOUND, () -> test.keys().revoke(admin, made.key().id()));
        assertThat(parts.credentials()
                        .authenticate(made.secret(), Caller.Origin.LOCAL)
                        .tenantId())
                .isEqualTo(other.tenantId());
        assertThat(test.keys().list(admin, PageRequest.first(1000)).items())
                .extracting(ApiKey::name)
                .doesNotContain("theirs");
    }

    @Test
    void aKeyWithoutANameOrAlreadyExpiredIsRefused() {
        assertCode(ErrorCode.INVALID_REQUEST, () -> test.keys().create(admin, WantedKey.named("  ")));
        assertCode(ErrorCode.INVALID_REQUEST, () -> test.keys().create(admin, WantedKey.named("x".repeat(201))));
        assertCode(
                ErrorCode.INVALID_REQUEST,
                () -> test.keys()
                        .create(
                                admin,
                                WantedKey.named("past")
                                        .until(Optional.of(test.clock().instant()))));
    }

    @Test
    void theLastUseIsWrittenAtMostOnceAMinute() {
        NewKey made = test.keys().create(admin, WantedKey.named("used"));
        Caller caller = parts.credentials().authenticate(made.secret(), Caller.Origin.LOCAL);
        var firstUse = test.clock().instant();
        parts.use().write();
        assertThat(lastUse(made)).contains(firstUse);
        test.clock().advance(Duration.ofSeconds(59));
        parts.credentials().authenticate(made.secret(), caller.origin());
        parts.use().write();
        assertThat(lastUse(made)).contains(firstUse);
        test.clock().advance(Duration.ofSeconds(1));
        parts.credentials().authenticate(made.secret(), caller.origin());
        parts.use().write();
        assertThat(lastUse(made)).contains(test.clock().instant());
    }

    @Test
    void aPasswordOpensASessionWhateverTheCaseOfTheName() {
        SignedIn signedIn = parts.signIn()
                .withPassword(TestAccess.nobody(), "ADMIN", test.first().password());
        assertThat(signedIn.identity().roles()).containsExactly("Admin");
        assertThat(signedIn.identity().workspace().name()).isEqualTo("default");
        Caller person = parts.credentials().authenticateSession(signedIn.secret(), Caller.Origin.LOCAL);
        assertThat(person.userId()).isEqualTo(admin.userId());
        assertThat(parts.signIn().identity(person)).isEqualTo(signedIn.identity());

        parts.signIn().end(person);
        assertThat(audited("sign_out", Resource.user("admin"))).isNotEmpty();
        assertCode(
                ErrorCode.UNAUTHENTICATED,
                () -> parts.credentials().authenticateSession(signedIn.secret(), Caller.Origin.LOCAL));
    }

    @Test
    void aWrongPasswordAndAnUnknownUserLookAlikeAndAreAudited() {
        Set<String> sentences = new HashSet<>();
        for (List<String> attempt : List.of(
                List.of("admin", "wrong"),
                List.of("nobody", "wrong"),
                List.of("admin", ""),
                List.of("admin", "x".repeat(2_000)))) {
            assertThatThrownBy(() ->
                            parts.signIn().withPassword(TestAccess.nobody(), attempt.getFirst(), attempt.getLast()))
                    .isInstanceOfSatisfying(TarnException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
                        sentences.add(failure.message());
                    });
        }
        assertThat(sentences).hasSize(1);
        Eventually.holds(() -> assertThat(audited("sign_in", Resource.user("admin")))
                .extracting(AuditStore.Entry::outcome)
                .contains("failed"));
        Eventually.holds(() -> assertThat(new JdbcAuditStore(database).newest(new UUID(0, 0), 10))
                .extracting(AuditStore.Entry::resource)
                .contains("user:nobody"));
    }

    @Test
    void aSessionEndsAfterItsTime() {
        SignedIn signedIn = parts.signIn()
                .withPassword(TestAccess.nobody(), "admin", test.first().password());
        test.clock().advance(Duration.ofHours(12));
        assertCode(
                ErrorCode.UNAUTHENTICATED,
                () -> parts.credentials().authenticateSession(signedIn.secret(), Caller.Origin.LOCAL));
    }

    @Test
    void aSessionOpenedByAKeyEndsWithTheKey() {
        NewKey revoked = test.keys().create(admin, WantedKey.named("console"));
        SignedIn session = parts.signIn().withKey(TestAccess.nobody(), revoked.secret());
        parts.credentials().authenticateSession(session.secret(), Caller.Origin.LOCAL);
        test.keys().revoke(admin, revoked.key().id());
        assertCode(
                ErrorCode.UNAUTHENTICATED,
                () -> parts.credentials().authenticateSession(session.secret(), Caller.Origin.LOCAL));

        var end = test.clock().instant().plusSeconds(60);
        NewKey brief = test.keys().create(admin, WantedKey.named("brief").until(Optional.of(end)));
        assertThat(parts.signIn().withKey(TestAccess.nobody(), brief.secret()).expiresAt())
                .isEqualTo(end);
        assertCode(ErrorCode.UNAUTHENTICATED, () -> parts.signIn().withKey(TestAccess.nobody(), revoked.secret()));
    }

    @Test
    void aCsrfTokenBelongsToItsSession() {
        SignedIn one =
                parts.signIn().withKey(TestAccess.nobody(), test.first().key().secret());
        SignedIn other =
                parts.signIn().withKey(TestAccess.nobody(), test.first().key().secret());
        assertThat(Credentials.isCsrfToken(one.csrfToken(), one.secret())).isTrue();
        assertThat(Credentials.isCsrfToken(other.csrfToken(), one.secret())).isFalse();
        assertThat(Credentials.isCsrfToken(null, one.secret())).isFalse();
        assertThat(one.csrfToken()).doesNotContain(one.secret());
    }

    @Test
    void aWorkspaceIsTheCredentialsOwnOrNamedOrUnknown() {
        assertThat(parts.workspaces().named(admin, null)).isEqualTo(admin);
        assertThat(parts.workspaces().named(admin, "default").workspaceId()).isEqualTo(admin.workspaceId());
        assertCode(ErrorCode.WORKSPACE_NOT_FOUND, () -> parts.workspaces().named(admin, "nowhere"));
    }

    @Test
    void namesOfTenantsAndUsersAreUniqueOnTheServer() {
        parts.tenants().create(admin, "Acme", "Strasse");
        assertCode(ErrorCode.ALREADY_EXISTS, () -> parts.tenants().create(admin, "Acme", "somebody"));
        assertCode(ErrorCode.ALREADY_EXISTS, () -> parts.tenants().create(admin, "Acme 2", "STRASSE"));
        assertCode(ErrorCode.FORBIDDEN, () -> parts.tenants().create(test.anotherTenant(), "x", "y"));
    }

    @Test
    void aRolledBackWriteLeavesNoAuditRow() {
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    test.keys().create(admin, WantedKey.named("never made"));
                    throw new IllegalStateException("cut off");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(new JdbcAuditStore(database).newest(admin.tenantId(), 1_000))
                .noneMatch(entry -> entry.details().contains("never made"));
    }

    /** Somebody without any role, in the first tenant. */
    private Caller plainUser() {
        UserStore users = new JdbcUserStore(database);
        UUID id = UUID.randomUUID();
        User user = new User(
                admin.tenantId(),
                id,
                0,
                "plain " + id,
                User.Profile.NONE,
                true,
                false,
                test.clock().instant(),
                Optional.empty(),
                List.of());
        database.inTransaction(() -> users.insert(user, "no password"));
        return new Caller.KeyHolder(
                user.tenantId(), admin.workspaceId(), id, user.name(), UUID.randomUUID(), Caller.Origin.LOCAL);
    }

    private Optional<java.time.Instant> lastUse(NewKey made) {
        return new JdbcKeyStore(database)
                .find(admin.tenantId(), made.key().id())
                .orElseThrow()
                .lastUsedAt();
    }

    private List<AuditStore.Entry> audited(String verb, Resource resource) {
        return new JdbcAuditStore(database)
                .newest(admin.tenantId(), 1_000).stream()
                        .filter(entry ->
                                entry.verb().equals(verb) && entry.resource().equals(resource.text()))
                        .toList();
    }

    static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TarnException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
