package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.tarn.TestIssuer;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.database.StoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who a verified token is here, and with which roles. */
abstract class ExternalUsersContract extends StoreContract {
    private TestIssuer issuer;
    private ExternalWorld world;
    private Caller admin;

    @BeforeAll
    void begin() {
        issuer = TestIssuer.start();
        world = new ExternalWorld(database, "127.0.0.0/8");
        admin = world.admin();
        world.provider(admin, "open", issuer, "open", true);
        world.provider(admin, "known-only", issuer, "known-only", false);
        world.parts()
                .providers()
                .put(
                        admin,
                        "mapped",
                        ExternalWorld.wanted(
                                issuer,
                                "mapped",
                                Optional.of("realm.roles"),
                                Map.of("bosses", "Admin", "readers", "Analyst"),
                                true));
    }

    @AfterAll
    void end() {
        world.close();
        issuer.close();
    }

    private JWTClaimsSet.Builder claims(String subject, String audience) {
        return issuer.claims(subject, audience, world.clock().instant());
    }

    private Optional<Caller> caller(JWTClaimsSet.Builder claims) {
        return world.parts().tokens().caller(issuer.signed(claims), Caller.Origin.LOCAL);
    }

    private User user(Caller caller) {
        return world.access().users().find(admin, caller.userId().toString());
    }

    private User local(String name, Optional<String> email) {
        return world.access()
                .users()
                .create(
                        admin,
                        new NewUser(
                                name,
                                new User.Profile(email, Optional.empty(), Optional.empty()),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void aNameOfOursIsNotTakenOverByATokenThatSaysIt() {
        local("bob", Optional.of("bob@example.com"));
        for (String name : List.of("admin", "bob", "BOB")) {
            Caller caller = caller(claims("name-" + name, "open").claim("preferred_username", name))
                    .orElseThrow();
            assertThat(caller.name()).startsWithIgnoringCase(name + "-").isNotEqualToIgnoringCase(name);
            assertThat(user(caller).roles()).containsExactly("Viewer");
        }
    }

    @Test
    void onlyAVerifiedAddressFindsAUserAndNeverTheOperator() {
        User carol = local("carol", Optional.of("carol@example.com"));
        JWTClaimsSet.Builder said = claims("s-carol", "known-only").claim("email", "Carol@Example.com");
        assertThat(caller(said)).as("not verified").isEmpty();
        assertThat(caller(said.claim("email_verified", "true"))).as("a text").isEmpty();
        assertThat(caller(said.claim("email_verified", true)).orElseThrow().userId())
                .isEqualTo(carol.id());
        assertThat(caller(claims("s-carol", "known-only")).orElseThrow().userId())
                .as("by subject from now on")
                .isEqualTo(carol.id());
        assertThat(caller(claims("s-thief", "known-only")
                        .claim("email", "carol@example.com")
                        .claim("email_verified", true)))
                .as("another subject with the address")
                .isEmpty();
        database.inTransaction(() -> database.client()
                .sql(
                        "UPDATE users SET email = 'boss@example.com', folded_email = 'boss@example.com' WHERE operator = 1")
                .update());
        Optional<Caller> boss = caller(claims("s-boss", "known-only")
                .claim("email", "boss@example.com")
                .claim("email_verified", true));
        assertThat(boss).isEmpty();
        assertThat(caller(claims("nobody", "known-only"))).isEmpty();
    }

    @Test
    void anotherTenantsUserIsNotFoundByAddress() {
        Caller other = world.access().anotherTenant();
        local("dora", Optional.of("dora@example.com"));
        world.provider(other, "of-other", issuer, "of-other", false);
        assertThat(caller(claims("s-dora", "of-other")
                        .claim("email", "dora@example.com")
                        .claim("email_verified", true)))
                .isEmpty();
        world.provider(other, "of-other", issuer, "of-other", true);
        Caller made = caller(claims("s-dora", "of-other").claim("preferred_username", "dora"))
                .orElseThrow();
        assertThat(made.tenantId()).isEqualTo(other.tenantId());
        assertThat(made.name()).startsWith("dora-");
        assertThat(caller(claims("s-dora", "open")).orElseThrow().tenantId())
                .as("the same subject for this tenant's audience")
                .isEqualTo(admin.tenantId());
        assertThat(caller(claims("s-dora", "open").audience(List.of("open", "of-other"))))
                .as("for two tenants")
                .isEmpty();
    }

    @Test
    void rolesAreThoseOfTheNewestToken() {
        JWTClaimsSet.Builder boss = claims("s-erik", "mapped").claim("realm", Map.of("roles", List.of("bosses", "x")));
        Caller erik = caller(boss).orElseThrow();
        assertThat(user(erik).roles()).containsExactly("Admin");
        String old = issuer.signed(boss);
        world.clock().advance(Duration.ofSeconds(20));
        assertThat(caller(claims("s-erik", "mapped").claim("realm", Map.of("roles", List.of("readers")))))
                .isPresent();
        assertThat(user(erik).roles()).containsExactly("Analyst");
        assertThat(world.parts().tokens().caller(old, Caller.Origin.LOCAL)).isPresent();
        assertThat(user(erik).roles()).as("an older token tells nothing").containsExactly("Analyst");
        for (Object words : List.of(List.of(), List.of("nothing"), "x", 7, Map.of("a", "readers"))) {
            assertThat(caller(claims("s-erik", "mapped").claim("realm", Map.of("roles", words))))
                    .as("no mapped role and no default: %s", words)
                    .isEmpty();
        }
        assertThat(caller(claims("s-new", "mapped"))).as("and nobody is made").isEmpty();
        assertThat(caller(claims("s-new", "mapped").claim("realm.roles", "readers")))
                .as("one word")
                .isPresent();
    }

    @Test
    void aUserWhoIsSwitchedOffStaysOut() {
        Caller frida = caller(claims("s-frida", "open")).orElseThrow();
        world.access().users().setActive(admin, frida.userId(), false);
        assertThat(caller(claims("s-frida", "open"))).isEmpty();
        AccessContract.assertCode(
                ErrorCode.FORBIDDEN,
                () -> world.access().access().require(frida, Verb.CREATE, Resource.key(Resource.ALL)));
    }

    @Test
    void tenFirstRequestsAtOnceMakeOneUser() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(10)) {
            List<Future<Optional<Caller>>> callers = IntStream.range(0, 10)
                    .mapToObj(i ->
                            threads.submit(() -> caller(claims("s-gina", "open").claim("preferred_username", "gina"))))
                    .toList();
            for (Future<Optional<Caller>> caller : callers) {
                assertThat(caller.get().orElseThrow().name()).isEqualTo("gina");
            }
        }
    }

    @Test
    void whoMaySetAProviderUp() {
        for (BuiltInRole role : BuiltInRole.values()) {
            Caller caller = world.access().user(admin, "provider-" + role.text(), role.text());
            if (role != BuiltInRole.ADMIN) {
                AccessContract.assertCode(
                        ErrorCode.FORBIDDEN, () -> world.provider(caller, "mine", issuer, "mine", true));
                AccessContract.assertCode(
                        ErrorCode.FORBIDDEN, () -> world.parts().providers().remove(caller, "open"));
            }
        }
        Caller other = world.access().anotherTenant();
        AccessContract.assertCode(
                ErrorCode.ALREADY_EXISTS, () -> world.provider(other, "another-name", issuer, "open", true));
        AccessContract.assertCode(
                ErrorCode.ALREADY_EXISTS, () -> world.provider(other, "open", issuer, "another-audience", true));
        AccessContract.assertCode(
                ErrorCode.NOT_FOUND, () -> world.parts().providers().remove(other, "open"));
        AccessContract.assertCode(
                ErrorCode.NOT_FOUND, () -> world.parts().providers().find(other, "open"));
    }

    @Test
    void aSecretIsNotShownToAnotherIssuer() {
        WantedProvider plain = ExternalWorld.wanted(issuer, "kept", Optional.empty(), Map.of(), true);
        WantedProvider secret = new WantedProvider(
                plain.issuer(),
                plain.clientId(),
                Optional.of("s3cret"),
                plain.audience(),
                plain.scopes(),
                plain.rolesClaim(),
                plain.roleMapping(),
                plain.defaultRoles(),
                true,
                false);
        IdentityProviders providers = world.parts().providers();
        assertThat(providers.put(admin, "kept", secret).clientSecret()).isTrue();
        assertThat(providers.put(admin, "kept", plain).clientSecret())
                .as("kept")
                .isTrue();
        try (TestIssuer evil = TestIssuer.start()) {
            WantedProvider moved = ExternalWorld.wanted(evil, "kept", Optional.empty(), Map.of(), true);
            assertThat(providers.put(admin, "kept", moved).clientSecret()).isFalse();
            assertThat(providers.put(admin, "kept", plain).clientSecret())
                    .as("gone")
                    .isFalse();
        }
    }
}
