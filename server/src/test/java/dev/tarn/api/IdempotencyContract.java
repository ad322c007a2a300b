package dev.tarn.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.MovableClock;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.DatabaseKind;
import dev.tarn.platform.database.StoreContract;
import dev.tarn.platform.secrets.TestSecrets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Requests with an Idempotency-Key, on both databases, between two servers. */
abstract class IdempotencyContract extends StoreContract {
    private final MovableClock clock = new MovableClock();
    private final Ids ids = new Ids(clock, new Random(3));
    private final AtomicInteger runs = new AtomicInteger();
    private IdempotentRequests server;
    private IdempotentRequests secondServer;

    @BeforeAll
    void start() {
        server = newServer();
        secondServer = newServer();
    }

    @AfterAll
    void stop() {
        server.close();
        secondServer.close();
    }

    private IdempotentRequests newServer() {
        ApiSettings settings = new ApiSettings(
                DataSize.ofMegabytes(1), DataSize.ofMegabytes(1), Duration.ofHours(24), Duration.ofSeconds(1));
        return new IdempotentRequests(
                database, new JdbcIdempotencyStore(database), TestSecrets.on(database), ids, clock, settings);
    }

    @Test
    void theSameRequestGetsTheSameAnswerWithoutRunning() {
        Caller caller = caller();
        assertThat(server.once(caller, "k", "hash", () -> run(201, "{\"n\":1}")))
                .isEqualTo(Answer.of(201, "{\"n\":1}"));
        assertThat(secondServer.once(caller, "k", "hash", IdempotencyContract::never))
                .isEqualTo(Answer.of(201, "{\"n\":1}"));
        Answer empty = new Answer(204, Optional.empty(), false);
        assertThat(server.once(caller, "empty", "hash", () -> empty)).isEqualTo(empty);
        assertThat(server.once(caller, "empty", "hash", IdempotencyContract::never))
                .isEqualTo(empty);
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() {
        Caller caller = caller();
        server.once(caller, "k", "hash", () -> run(200, "{}"));
        assertCode(ErrorCode.IDEMPOTENCY_CONFLICT, () -> server.once(caller, "k", "other", IdempotencyContract::never));
    }

    @Test
    void keysOfOthersAreOtherKeys() {
        server.once(caller(), "k", "hash", () -> run(200, "{\"mine\":1}"));
        assertThat(server.once(caller(), "k", "other", () -> run(200, "{\"yours\":1}")))
                .isEqualTo(Answer.of(200, "{\"yours\":1}"));
    }

    @Test
    void withoutAKeyItSimplyRuns() {
        Caller caller = caller();
        int before = runs.get();
        server.once(caller, null, "hash", () -> run(200, "{}"));
        server.once(caller, null, "hash", () -> run(200, "{}"));
        assertThat(runs.get()).isEqualTo(before + 2);
    }

    @Test
    void whatFailedMayBeSentAgain() {
        Caller caller = caller();
        assertCode(
                ErrorCode.OVERLOADED,
                () -> server.once(caller, "k", "hash", () -> {
                    throw new TarnException(ErrorCode.OVERLOADED, "busy");
                }));
        assertThat(server.once(caller, "k", "hash", () -> run(200, "{}"))).isEqualTo(Answer.of(200, "{}"));
    }

    @Test
    void aSecretIsKeptEncryptedForADay() {
        Caller caller = caller();
        server.once(caller, "k", "hash", () -> Answer.withSecret(201, "{\"key\":\"hush-hush\"}"));
        assertThat(secondServer.once(caller, "k", "hash", IdempotencyContract::never))
                .isEqualTo(Answer.withSecret(201, "{\"key\":\"hush-hush\"}"));
        assertCode(ErrorCode.IDEMPOTENCY_CONFLICT, () -> server.once(caller, "k", "other", IdempotencyContract::never));
        assertThat(database.client().sql("""
                                SELECT (SELECT count(*) FROM idempotent_requests WHERE body LIKE '%hush%')
                                     + (SELECT count(*) FROM sealed_values WHERE sealed LIKE '%hush%')""").query(Long.class).single()).isZero();
    }

    @Test
    void whileTheFirstRunsTheSecondIsToldToWait() throws Exception {
        Caller caller = caller();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Answer> first = thread.submit(() -> server.once(caller, "k", "hash", () -> {
                begun.countDown();
                await(mayEnd);
                return run(200, "{}");
            }));
            await(begun);
            assertCode(ErrorCode.CONFLICT, () -> secondServer.once(caller, "k", "hash", IdempotencyContract::never));
            mayEnd.countDown();
            assertThat(first.get()).isEqualTo(Answer.of(200, "{}"));
        }
    }

    @Test
    void whatADeadServerLeftIsTakenOver() {
        Caller caller = caller();
        IdempotencyStore store = new JdbcIdempotencyStore(database);
        IdempotencyStore.Key key = new IdempotencyStore.Key(caller.tenantId(), caller.userId(), "k");
        var now = clock.instant();
        database.inTransaction(() ->
                store.begin(key, "hash", "a server that died", now.plusSeconds(30), now, now.plus(Duration.ofDays(1))));
        assertCode(ErrorCode.CONFLICT, () -> server.once(caller, "k", "hash", IdempotencyContract::never));
        clock.advance(Duration.ofSeconds(30));
        assertThat(server.once(caller, "k", "hash", () -> run(200, "{}"))).isEqualTo(Answer.of(200, "{}"));
    }

    @Test
    void aServerThatIsAloneWaitsForNobodysLease() {
        Caller caller = caller();
        IdempotencyStore store = new JdbcIdempotencyStore(database);
        IdempotencyStore.Key key = new IdempotencyStore.Key(caller.tenantId(), caller.userId(), "k");
        var now = clock.instant();
        database.inTransaction(() ->
                store.begin(key, "hash", "a server that died", now.plusSeconds(30), now, now.plus(Duration.ofDays(1))));
        try (IdempotentRequests restarted = newServer()) {
            if (database.kind() == DatabaseKind.SQLITE) {
                assertThat(restarted.once(caller, "k", "hash", () -> run(200, "{}")))
                        .isEqualTo(Answer.of(200, "{}"));
            } else {
                assertCode(ErrorCode.CONFLICT, () -> restarted.once(caller, "k", "hash", IdempotencyContract::never));
            }
        }
    }

    @Test
    void anAnswerKeptInTheCommitOutlivesTheServer() {
        Caller caller = caller();
        assertThatThrownBy(() -> server.once(caller, "k", "hash", early -> {
                    database.inTransaction(() -> early.accept(Answer.of(200, "{\"committed\":1}")));
                    throw new IllegalStateException("killed after the commit");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(server.once(caller, "k", "hash", IdempotencyContract::never))
                .isEqualTo(Answer.of(200, "{\"committed\":1}"));
    }

    @Test
    void whoLostTheLeaseDoesNotCommit() {
        Caller caller = caller();
        assertCode(
                ErrorCode.CONFLICT,
                () -> server.once(caller, "k", "hash", early -> {
                    clock.advance(Duration.ofSeconds(31));
                    secondServer.once(caller, "k", "hash", () -> run(200, "{\"by\":2}"));
                    database.inTransaction(() -> early.accept(Answer.of(200, "{\"by\":1}")));
                    return never();
                }));
        assertThat(server.once(caller, "k", "hash", IdempotencyContract::never))
                .isEqualTo(Answer.of(200, "{\"by\":2}"));
    }

    @Test
    void aRefusalThatWillStayIsAnAnswer() {
        Caller caller = caller();
        Answer refused = settled(server, caller, "k", early -> {
            throw new TarnException(ErrorCode.UNKNOWN_TABLE, "There is no such table");
        });
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.body().orElseThrow()).contains("NoSuchTableException");
        assertThat(settled(secondServer, caller, "k", early -> never())).isEqualTo(refused);
        assertCode(
                ErrorCode.FORBIDDEN,
                () -> settled(server, caller, "rights", early -> {
                    throw new TarnException(ErrorCode.FORBIDDEN, "not today");
                }));
        assertThat(settled(server, caller, "rights", early -> run(200, "{}"))).isEqualTo(Answer.of(200, "{}"));
        assertCode(
                ErrorCode.DATABASE_UNAVAILABLE,
                () -> settled(server, caller, "away", early -> {
                    throw new TarnException(ErrorCode.DATABASE_UNAVAILABLE, "away");
                }));
        assertThat(settled(server, caller, "away", early -> run(200, "{}"))).isEqualTo(Answer.of(200, "{}"));
    }

    @Test
    void whoComesWhileTheFirstRunsWaitsForItsAnswer() throws Exception {
        Caller caller = caller();
        CountDownLatch begun = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Answer> first = threads.submit(() -> settled(server, caller, "k", early -> {
                begun.countDown();
                await(mayEnd);
                return run(200, "{}");
            }));
            await(begun);
            Future<Answer> second = threads.submit(() -> settled(secondServer, caller, "k", early -> never()));
            mayEnd.countDown();
            assertThat(second.get()).isEqualTo(first.get()).isEqualTo(Answer.of(200, "{}"));
        }
    }

    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Test
    void whatFailedAfterItsCommitIsAnsweredAsItWasCommitted() {
        assertThat(settled(server, caller(), "k", early -> {
                    database.inTransaction(() -> early.accept(Answer.of(200, "{\"committed\":1}")));
                    throw new IllegalStateException("tidying up failed");
                }))
                .isEqualTo(Answer.of(200, "{\"committed\":1}"));
    }

    private static Answer settled(
            IdempotentRequests server, Caller caller, String key, Function<Consumer<Answer>, Answer> work) {
        return server.settled(caller, Contract.ICEBERG, key, "hash", work);
    }

    @Test
    void afterADayTheKeyIsFree() {
        Caller caller = caller();
        server.once(caller, "k", "hash", () -> run(200, "{\"day\":1}"));
        clock.advance(Duration.ofHours(24).plusMillis(1));
        assertThat(server.once(caller, "k", "other", () -> run(200, "{\"day\":2}")))
                .isEqualTo(Answer.of(200, "{\"day\":2}"));
    }

    @Test
    void aKeyIsPrintableAndShort() {
        for (String key : new String[] {"", " ", "a b", "é", "x".repeat(201)}) {
            assertCode(ErrorCode.INVALID_REQUEST, () -> server.once(caller(), key, "hash", IdempotencyContract::never));
        }
    }

    @Test
    void hashesTellRequestsApart() {
        assertThat(IdempotentRequests.hash("a", "bc")).isNotEqualTo(IdempotentRequests.hash("ab", "c"));
        assertThat(IdempotentRequests.hash("a", "b"))
                .isEqualTo(IdempotentRequests.hash("a", "b"))
                .hasSize(64);
    }

    private Answer run(int status, String body) {
        runs.incrementAndGet();
        return Answer.of(status, body);
    }

    private static Answer never() {
        throw new AssertionError("This request must not run");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Caller caller() {
        return new Caller.KeyHolder(
                UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "meg", UUID.randomUUID(), Caller.Origin.LOCAL);
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TarnException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
