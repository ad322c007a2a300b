package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.database.StoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever guesses passwords waits, and nobody else. */
abstract class BackOffContract extends StoreContract {
    private static final String ATTACKER = "192.0.2.66";
    private SignInWorld world;

    @BeforeAll
    void begin() {
        world = new SignInWorld(database);
    }

    @AfterAll
    void end() {
        world.close();
    }

    private void signIn(AccessParts at, String address, String name, String password) {
        at.loginTokens().signIn(SignInWorld.from(address), name, password);
    }

    private void fail(AccessParts at, String address, String name, int times) {
        for (int i = 0; i < times; i++) {
            AccessContract.assertCode(ErrorCode.UNAUTHENTICATED, () -> signIn(at, address, name, "wrong"));
        }
    }

    private long waits(AccessParts at, String address, String name, String password) {
        return SignInWorld.waitSeconds(SignInWorld.failure(() -> signIn(at, address, name, password)));
    }

    @Test
    void afterTenFailuresThatNameWaitsFromThatAddressAlone() {
        User user = world.user();
        fail(world.parts, ATTACKER, user.name(), 10);
        assertThat(waits(world.parts, ATTACKER, user.name(), SignInWorld.PASSWORD))
                .as("the right password waits too")
                .isEqualTo(30);
        assertThat(SignInWorld.waitSeconds(SignInWorld.failure(() -> world.parts
                        .signIn()
                        .withPassword(SignInWorld.from(ATTACKER), user.name(), SignInWorld.PASSWORD))))
                .as("the console's sign-in too")
                .isEqualTo(30);
        assertThat(waits(world.parts, ATTACKER, " " + user.name().toUpperCase(java.util.Locale.ROOT), "wrong"))
                .isEqualTo(30);
        signIn(world.parts, "192.0.2.67", user.name(), SignInWorld.PASSWORD);
        signIn(world.parts, ATTACKER, world.user().name(), SignInWorld.PASSWORD);
        world.parts
                .signIn()
                .withKey(SignInWorld.from(ATTACKER), world.test.first().key().secret());
        world.parts.credentials().authenticate(world.test.first().key().secret(), Caller.Origin.LOCAL);

        world.test.clock().advance(Duration.ofSeconds(30));
        signIn(world.parts, ATTACKER, user.name(), SignInWorld.PASSWORD);
        fail(world.parts, ATTACKER, user.name(), 9);
        signIn(world.parts, ATTACKER, user.name(), SignInWorld.PASSWORD);
    }

    @Test
    void theWaitDoublesToAQuarterOfAnHour() {
        User user = world.user();
        fail(world.parts, ATTACKER, user.name(), 9);
        for (long wait : List.of(30L, 60L, 120L, 240L, 480L, 900L, 900L)) {
            fail(world.parts, ATTACKER, user.name(), 1);
            assertThat(waits(world.parts, ATTACKER, user.name(), "wrong")).isEqualTo(wait);
            world.test.clock().advance(Duration.ofSeconds(wait).minusMillis(1));
            assertThat(waits(world.parts, ATTACKER, user.name(), SignInWorld.PASSWORD))
                    .isEqualTo(1);
            world.test.clock().advance(Duration.ofMillis(1));
        }
        world.test.clock().advance(Duration.ofDays(1));
        fail(world.parts, ATTACKER, user.name(), 9);
        signIn(world.parts, ATTACKER, user.name(), SignInWorld.PASSWORD);
    }

    @Test
    void unknownWrongAndSwitchedOffGetTheSameAnswersToTheEnd() {
        User user = world.user();
        User off = world.user();
        world.parts.users().setActive(world.admin, off.id(), false);
        Set<String> sentences = new HashSet<>();
        for (List<String> attempt : List.of(
                List.of("nobody-at-all", "wrong"),
                List.of(user.name(), "wrong"),
                List.of(user.name(), ""),
                List.of(off.name(), SignInWorld.PASSWORD),
                List.of(off.name() + "@example.com", SignInWorld.PASSWORD))) {
            StringBuilder told = new StringBuilder();
            for (int i = 0; i < 11; i++) {
                told.append(SignInWorld.failure(
                                () -> signIn(world.parts, "10.1.1.1", attempt.getFirst(), attempt.getLast()))
                        .message());
            }
            sentences.add(told.toString());
            world.test.clock().advance(Duration.ofDays(2));
        }
        assertThat(sentences).hasSize(1);
    }

    @Test
    void twoServersCountTogether() {
        try (AccessParts second = world.test.anotherServer()) {
            User user = world.user();
            fail(world.parts, ATTACKER, user.name(), 5);
            fail(second, ATTACKER, user.name(), 5);
            assertThat(waits(world.parts, ATTACKER, user.name(), SignInWorld.PASSWORD))
                    .isEqualTo(30);
            assertThat(waits(second, ATTACKER, user.name(), SignInWorld.PASSWORD))
                    .isEqualTo(30);
        }
    }

    @Test
    void ofManyGuessesAtOnceNoMoreThanTenAreChecked() throws Exception {
        User user = world.user();
        List<Future<ErrorCode>> answers = new ArrayList<>();
        try (AccessParts second = world.test.anotherServer();
                ExecutorService threads = Executors.newFixedThreadPool(40)) {
            for (int i = 0; i < 40; i++) {
                AccessParts at = i % 2 == 0 ? world.parts : second;
                answers.add(threads.submit(() -> SignInWorld.failure(() -> signIn(at, ATTACKER, user.name(), "wrong"))
                        .code()));
            }
            List<ErrorCode> codes = new ArrayList<>();
            for (Future<ErrorCode> answer : answers) {
                codes.add(answer.get());
            }
            assertThat(codes).isSubsetOf(ErrorCode.UNAUTHENTICATED, ErrorCode.RATE_LIMITED, ErrorCode.OVERLOADED);
            assertThat(codes.stream().filter(ErrorCode.UNAUTHENTICATED::equals)).hasSizeLessThanOrEqualTo(10);
        }
    }

    @Test
    void manyThatSignInRightlyAtOnceDoNotWait() throws Exception {
        User user = world.user();
        try (ExecutorService threads = Executors.newFixedThreadPool(15)) {
            List<Future<?>> answers = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                answers.add(threads.submit(() -> signIn(world.parts, "10.0.0.2", user.name(), SignInWorld.PASSWORD)));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
        }
    }

    @Test
    void aClockThatStepsLocksNobodyOut() {
        User user = world.user();
        world.test.clock().advance(Duration.ofDays(10));
        fail(world.parts, ATTACKER, user.name(), 10);
        world.test.clock().advance(Duration.ofDays(-10));
        signIn(world.parts, ATTACKER, user.name(), SignInWorld.PASSWORD);
        fail(world.parts, ATTACKER, user.name(), 10);
        world.test.clock().advance(Duration.ofDays(10));
        signIn(world.parts, ATTACKER, user.name(), SignInWorld.PASSWORD);
    }

    @Test
    void aNeighbourInANetworkOfVersionSixIsTheSameAddress() {
        User user = world.user();
        for (int i = 0; i < 10; i++) {
            fail(world.parts, "2001:db8:1:2::" + i, user.name(), 1);
        }
        assertThat(waits(world.parts, "2001:db8:1:2:ffff::1", user.name(), "wrong"))
                .isEqualTo(30);
        signIn(world.parts, "2001:db8:1:3::1", user.name(), SignInWorld.PASSWORD);
    }

    @Test
    void aFloodOfNamesFromOneAddressLeavesTheTurnToOthers() throws Exception {
        User user = world.user();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ErrorCode>> flood = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                String name = "guess-" + i;
                flood.add(threads.submit(() -> SignInWorld.failure(() -> signIn(world.parts, ATTACKER, name, "wrong"))
                        .code()));
            }
            long begun = System.nanoTime();
            signIn(world.parts, "10.0.0.3", user.name(), SignInWorld.PASSWORD);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
            Set<ErrorCode> codes = new HashSet<>();
            for (Future<ErrorCode> answer : flood) {
                codes.add(answer.get());
            }
            assertThat(codes).isSubsetOf(ErrorCode.UNAUTHENTICATED, ErrorCode.OVERLOADED);
        }
    }

    @Test
    void failuresAreForgottenAndNamesAreNotKept() {
        fail(world.parts, ATTACKER, "my secret password", 1);
        assertThat(world.rows(database, "SELECT * FROM sign_in_failures").toString())
                .doesNotContain("my secret");
        world.test.clock().advance(Duration.ofDays(2));
        world.signIn(world.user());
        assertThat(world.rows(database, "SELECT * FROM sign_in_failures")).isEmpty();
    }
}
