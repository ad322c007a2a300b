package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.StoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Token families from the sign-in to their end, on one server and on two. */
abstract class LoginTokensContract extends StoreContract {
    private SignInWorld world;
    private LoginTokens tokens;

    @BeforeAll
    void begin() {
        world = new SignInWorld(database);
        tokens = world.parts.loginTokens();
    }

    @AfterAll
    void end() {
        world.close();
    }

    @Test
    void anAccessTokenIsItsUserWhoeverTheNameIsWrittenLike() {
        User user = world.user();
        for (String name :
                List.of(user.name(), user.name().toUpperCase(java.util.Locale.ROOT), user.name() + "@EXAMPLE.com")) {
            IssuedTokens issued = tokens.signIn(SignInWorld.from("10.0.0.9"), name, SignInWorld.PASSWORD);
            Caller caller = world.callerOf(issued.access());
            assertThat(caller).isInstanceOf(Caller.TokenHolder.class);
            assertThat(caller.userId()).isEqualTo(user.id());
            assertThat(caller.tenantId()).isEqualTo(user.tenantId());
            assertThat(caller.workspaceId()).isEqualTo(world.admin.workspaceId());
            assertThat(issued.toString()).doesNotContain(issued.access()).doesNotContain(issued.refresh());
        }
    }

    @Test
    void noSecretIsInTheDatabase() {
        IssuedTokens issued = world.signIn(world.user());
        for (String table :
                List.of("token_families", "refresh_tokens", "signing_keys", "sign_in_failures", "audit_entries")) {
            assertThat(world.rows(database, "SELECT * FROM " + table).toString())
                    .doesNotContain(issued.refresh())
                    .doesNotContain(issued.access())
                    .doesNotContain(SignInWorld.PASSWORD);
        }
    }

    @Test
    void aRefreshTokenIsExchangedOnce() {
        IssuedTokens first = world.signIn(world.user());
        IssuedTokens second = tokens.refresh(TestAccess.nobody(), first.refresh());
        IssuedTokens third = tokens.refresh(TestAccess.nobody(), second.refresh());
        assertThat(List.of(first.refresh(), second.refresh(), third.refresh())).doesNotHaveDuplicates();
        assertThat(world.opens(first.access())).isTrue();
        assertThat(world.opens(third.access())).isTrue();
    }

    @Test
    void aRefreshTokenThatComesAgainEndsTheFamily() {
        User user = world.user();
        IssuedTokens other = world.signIn(user);
        IssuedTokens first = world.signIn(user);
        IssuedTokens second = tokens.refresh(TestAccess.nobody(), first.refresh());
        assertRefused(first.refresh());
        assertRefused(second.refresh());
        assertThat(world.opens(first.access())).isFalse();
        assertThat(world.opens(second.access())).isFalse();
        assertThat(world.opens(other.access()))
                .as("another family of that user")
                .isTrue();
        tokens.refresh(TestAccess.nobody(), other.refresh());
        assertThat(new JdbcAuditStore(database).newest(user.tenantId(), 1_000))
                .anyMatch(entry -> entry.resource().equals("user:" + user.name())
                        && entry.details().contains("used twice"));
    }

    @Test
    void afterALogoutTheAccessTokenLivesUntilItExpires() {
        IssuedTokens issued = world.signIn(world.user());
        tokens.logout(TestAccess.nobody(), issued.refresh());
        tokens.logout(TestAccess.nobody(), issued.refresh());
        assertRefused(issued.refresh());
        world.test.clock().advance(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(world.opens(issued.access())).isTrue();
        world.test.clock().advance(Duration.ofSeconds(1));
        assertThat(world.opens(issued.access())).isFalse();
    }

    @Test
    void whatIsNoRefreshTokenIsRefused() {
        IssuedTokens issued = world.signIn(world.user());
        for (String text : List.of(
                "",
                "garbage",
                issued.access(),
                issued.refresh() + "x",
                "dlx_rt_v1_" + "a".repeat(43),
                "x".repeat(9_000))) {
            assertRefused(text);
            AccessContract.assertCode(ErrorCode.UNAUTHENTICATED, () -> tokens.logout(TestAccess.nobody(), text));
        }
    }

    @Test
    void aUserWhoIsSwitchedOffIsOutAtOnceAndStaysOutWithOldTokens() {
        User user = world.user();
        IssuedTokens issued = world.signIn(user);
        world.parts.users().setActive(world.admin, user.id(), false);
        assertThat(world.opens(issued.access())).isFalse();
        assertRefused(issued.refresh());
        AccessContract.assertCode(ErrorCode.UNAUTHENTICATED, () -> world.signIn(user));
        world.parts.users().setActive(world.admin, user.id(), true);
        assertThat(world.opens(issued.access())).isFalse();
        assertRefused(issued.refresh());
        assertThat(world.opens(world.signIn(user).access())).isTrue();
    }

    @Test
    void aResetPasswordEndsEveryFamilyAndSession() {
        User user = world.user();
        IssuedTokens elsewhere = world.signIn(user);
        IssuedTokens own = world.signIn(user);
        SignedIn console =
                world.parts.signIn().withPassword(SignInWorld.from("::1"), user.name(), SignInWorld.PASSWORD);
        world.parts.passwordResets().reset(world.callerOf(own.access()), user.name(), "three quiet rivers");
        assertRefused(elsewhere.refresh());
        assertThat(world.opens(elsewhere.access())).isFalse();
        assertThat(world.opens(own.access())).as("the token that made the call").isTrue();
        AccessContract.assertCode(
                ErrorCode.UNAUTHENTICATED,
                () -> world.parts.credentials().authenticateSession(console.secret(), Caller.Origin.LOCAL));
        AccessContract.assertCode(ErrorCode.UNAUTHENTICATED, () -> world.signIn(user));
        tokens.signIn(SignInWorld.from("10.0.0.1"), user.name(), "three quiet rivers");
        assertRefused(own.refresh());
    }

    @Test
    void onlyOneselfOrAnAdministratorResetsAPassword() {
        User user = world.user();
        Caller self = world.callerOf(world.signIn(user).access());
        User other = world.user();
        PasswordResets resets = world.parts.passwordResets();
        for (String name : List.of(
                other.name(),
                "nobody-" + other.name(),
                world.test.anotherTenant().name())) {
            AccessContract.assertCode(ErrorCode.FORBIDDEN, () -> resets.reset(self, name, "three quiet rivers"));
        }
        AccessContract.assertCode(
                ErrorCode.UNAUTHENTICATED, () -> resets.reset(TestAccess.nobody(), user.name(), "three quiet rivers"));
        AccessContract.assertCode(
                ErrorCode.NOT_FOUND,
                () -> resets.reset(world.admin, world.test.anotherTenant().name(), "three quiet rivers"));
        AccessContract.assertCode(ErrorCode.INVALID_REQUEST, () -> resets.reset(self, user.name(), "short"));
        resets.reset(world.admin, user.name(), "three quiet rivers");
        assertThat(world.opens(world.parts
                        .loginTokens()
                        .signIn(SignInWorld.from("10.0.0.1"), user.name(), "three quiet rivers")
                        .access()))
                .isTrue();
    }

    @Test
    void noNumberOfGuessesAtOnceOnTwoServersIsMoreThanFive() throws Exception {
        Caller self = world.callerOf(world.signIn(world.user()).access());
        try (AccessParts second = world.test.anotherServer();
                ExecutorService threads = Executors.newFixedThreadPool(12)) {
            List<Account> servers = List.of(world.parts.account(), second.account());
            List<Future<ErrorCode>> guesses = new ArrayList<>();
            CyclicBarrier together = new CyclicBarrier(12);
            for (int i = 0; i < 12; i++) {
                Account at = servers.get(i % 2);
                guesses.add(threads.submit(() -> {
                    together.await();
                    return SignInWorld.failure(() -> at.changePassword(self, "wrong", "three quiet rivers"))
                            .code();
                }));
            }
            List<ErrorCode> codes = new ArrayList<>();
            for (Future<ErrorCode> guess : guesses) {
                codes.add(guess.get());
            }
            assertThat(codes).filteredOn(ErrorCode.FORBIDDEN::equals).hasSize(5);
            assertThat(codes).filteredOn(ErrorCode.RATE_LIMITED::equals).hasSize(7);
            AccessContract.assertCode(
                    ErrorCode.RATE_LIMITED,
                    () -> servers.getFirst().changePassword(self, SignInWorld.PASSWORD, "three quiet rivers"));
            world.test.clock().advance(Account.BACK_OFF.first());
            servers.getFirst().changePassword(self, SignInWorld.PASSWORD, "three quiet rivers");
            AccessContract.assertCode(
                    ErrorCode.FORBIDDEN, () -> servers.getLast().changePassword(self, "wrong", "four quiet rivers"));
        }
    }

    @Test
    void nobodyTakesTheAddressOfAnotherForAName() {
        User user = world.user();
        String address = user.profile().email().orElseThrow().toUpperCase(java.util.Locale.ROOT);
        Caller elsewhere = world.test.anotherTenant();
        AccessContract.assertCode(ErrorCode.ALREADY_EXISTS, () -> world.test.user(elsewhere, address, "Viewer"));
        Caller first = world.test.user(elsewhere, "somebody@example.com", "Viewer");
        User.Profile taken = new User.Profile(Optional.of("Somebody@example.com"), Optional.empty(), Optional.empty());
        AccessContract.assertCode(
                ErrorCode.ALREADY_EXISTS, () -> world.parts.users().changeProfile(world.admin, user.id(), taken));
        assertThat(world.parts
                        .users()
                        .changeProfile(elsewhere, first.userId(), taken)
                        .profile()
                        .email())
                .as("one's own name")
                .isPresent();
        tokens.signIn(SignInWorld.from("10.0.0.1"), address, SignInWorld.PASSWORD);
    }

    @Test
    void whatEndsSessionsEndsFamilies() {
        User user = world.user();
        IssuedTokens one = world.signIn(user);
        IssuedTokens two = world.signIn(user);
        world.parts.account().changePassword(world.callerOf(one.access()), SignInWorld.PASSWORD, "three quiet rivers");
        assertThat(world.opens(one.access()))
                .as("the caller's own is kept, as a session is")
                .isTrue();
        assertThat(world.opens(two.access())).isFalse();
        world.parts.users().setPassword(world.admin, user.id(), "four quiet rivers");
        assertThat(world.opens(one.access())).isFalse();
        assertRefused(one.refresh());
        IssuedTokens last = tokens.signIn(SignInWorld.from("10.0.0.1"), user.name(), "four quiet rivers");
        world.parts.signIn().end(world.callerOf(last.access()));
        assertThat(world.opens(last.access())).isFalse();
    }

    @Test
    void aFamilyEndsAfterItsTimeHoweverOftenItIsRefreshed() {
        IssuedTokens latest = world.signIn(world.user());
        for (int i = 0; i < 3; i++) {
            world.test.clock().advance(Duration.ofDays(29));
            latest = tokens.refresh(TestAccess.nobody(), latest.refresh());
        }
        world.test.clock().advance(Duration.ofDays(3));
        assertRefused(latest.refresh());
        IssuedTokens idle = world.signIn(world.user());
        world.test.clock().advance(Duration.ofDays(30));
        assertRefused(idle.refresh());
    }

    @Test
    void aClockThatStepsTenDaysLocksNobodyOut() {
        User user = world.user();
        IssuedTokens before = world.signIn(user);
        world.test.clock().advance(Duration.ofDays(10));
        assertThat(world.opens(before.access())).isFalse();
        IssuedTokens later = tokens.refresh(TestAccess.nobody(), before.refresh());
        assertThat(world.opens(later.access())).isTrue();
        world.test.clock().advance(Duration.ofDays(-10));
        assertThat(world.opens(later.access())).as("issued ten days from now").isFalse();
        IssuedTokens now = tokens.refresh(TestAccess.nobody(), later.refresh());
        assertThat(world.opens(now.access())).isTrue();
        assertThat(world.opens(world.signIn(user).access())).isTrue();
    }

    @Test
    void twoServersShareFamiliesAndSigningKeys() {
        try (AccessParts second = world.test.anotherServer()) {
            User user = world.user();
            IssuedTokens issued = world.signIn(user);
            assertThat(SignInWorld.opens(second, issued.access())).isTrue();
            IssuedTokens next = second.loginTokens().refresh(TestAccess.nobody(), issued.refresh());
            assertThat(world.opens(next.access())).isTrue();
            second.signingKeys().rotate(world.admin, false);
            assertThat(world.opens(next.access())).isTrue();
            IssuedTokens fresh = tokens.refresh(TestAccess.nobody(), next.refresh());
            assertThat(SignInWorld.opens(second, fresh.access())).isTrue();
            assertThat(keyId(fresh)).isNotEqualTo(keyId(next));
            assertRefused(next.refresh());
            assertThat(SignInWorld.opens(second, fresh.access())).isFalse();
        }
    }

    @Test
    void anOldSigningKeyVerifiesUntilItsTokensHaveExpired() {
        IssuedTokens old = world.signIn(world.user());
        world.test.clock().advance(Duration.ofMinutes(1));
        SigningKeys.Rotated rotated = world.parts.signingKeys().rotate(world.admin, false);
        assertThat(world.opens(old.access())).isTrue();
        IssuedTokens now = world.signIn(world.user());
        assertThat(keyId(now)).contains(rotated.keyId().toString());
        world.parts.signingKeys().rotate(world.admin, true);
        assertThat(world.opens(old.access())).isFalse();
        assertThat(world.opens(now.access())).isFalse();
        assertThat(world.opens(
                        tokens.refresh(TestAccess.nobody(), now.refresh()).access()))
                .isTrue();
        AccessContract.assertCode(
                ErrorCode.FORBIDDEN,
                () -> world.parts
                        .signingKeys()
                        .rotate(world.callerOf(world.signIn(world.user()).access()), false));
        assertThat(world.rows(database, "SELECT 1 FROM sealed_values WHERE purpose = 'signing-key'"))
                .as("private halves")
                .hasSize(1);
    }

    @Test
    void ofTwoThatRefreshAtOnceOneWinsAndTheFamilyEnds() throws Exception {
        try (AccessParts second = world.test.anotherServer();
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 10; round++) {
                IssuedTokens issued = world.signIn(world.user());
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<Optional<IssuedTokens>>> answers = new ArrayList<>();
                for (AccessParts at : List.of(world.parts, second)) {
                    answers.add(threads.submit(() -> {
                        together.await();
                        try {
                            return Optional.of(at.loginTokens().refresh(TestAccess.nobody(), issued.refresh()));
                        } catch (TarnException e) {
                            return Optional.empty();
                        }
                    }));
                }
                List<IssuedTokens> won = new ArrayList<>();
                for (Future<Optional<IssuedTokens>> answer : answers) {
                    answer.get().ifPresent(won::add);
                }
                assertThat(won).hasSize(1);
                assertRefused(won.getFirst().refresh());
                assertThat(world.opens(won.getFirst().access())).isFalse();
            }
        }
    }

    private void assertRefused(String refreshToken) {
        AccessContract.assertCode(ErrorCode.UNAUTHENTICATED, () -> tokens.refresh(TestAccess.nobody(), refreshToken));
    }

    private static String keyId(IssuedTokens issued) {
        String header = issued.access().substring(0, issued.access().indexOf('.'));
        return new String(java.util.Base64.getUrlDecoder().decode(header), java.nio.charset.StandardCharsets.UTF_8);
    }
}
