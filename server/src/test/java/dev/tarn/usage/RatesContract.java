package dev.tarn.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.access.Caller;
import dev.tarn.access.RateSettings;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.MovableClock;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rate plans on both databases; two {@link Rates} on one database are two servers. */
abstract class RatesContract extends StoreContract {
    private static final RateSettings PLANS = new RateSettings(Map.of("daily", "1000/5"));

    private final MovableClock clock = new MovableClock();
    private final Ids ids = new Ids(clock, new Random(11));

    @Test
    void aSmallPlanIsExactAcrossServers() {
        Caller.KeyHolder key = key("free");
        try (Rates one = server();
                Rates two = server()) {
            for (int i = 0; i < 5; i++) {
                assertThat(admit(one, key).admitted()).isTrue();
                RateAnswer answer = admit(two, key);
                assertThat(answer.admitted()).isTrue();
                assertThat(answer.limit()).isEqualTo(10);
                assertThat(answer.remaining()).isEqualTo(8 - 2L * i);
                assertThat(answer.resetSeconds())
                        .isEqualTo(clock.instant().plusSeconds(60).getEpochSecond());
            }
            clock.advance(Duration.ofSeconds(20));
            for (Rates server : List.of(one, two, one)) {
                RateAnswer refused = admit(server, key);
                assertThat(refused.admitted()).isFalse();
                assertThat(refused.remaining()).isZero();
                assertThat(refused.retryAfterSeconds()).isEqualTo(40);
                assertThat(refused.refusal()).isInstanceOfSatisfying(TarnException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                    assertThat(failure.details()).containsEntry("retry_after_secs", 40L);
                    assertThat(failure.message()).contains("free", "10 calls a minute", "40 seconds");
                });
            }
            assertThat(admit(one, key("free")).admitted()).as("another key").isTrue();
            clock.advance(Duration.ofSeconds(40));
            assertThat(admit(two, key).remaining()).isEqualTo(9);
        }
    }

    @Test
    void theTokensOfAUserHaveOneCountOnThePlanOfNewKeysAcrossServers() {
        RateSettings plans = new RateSettings(Map.of(RateSettings.NEW_KEYS, "10"));
        UUID tenant = ids.next();
        UUID user = ids.next();
        Caller login = token(tenant, user, ids.next());
        Caller later = token(tenant, user, ids.next());
        Caller provider = token(tenant, user, user);
        try (Rates one = new Rates(database, plans, clock);
                Rates two = new Rates(database, plans, clock)) {
            int all = 0;
            for (int i = 0; i < 4; i++) {
                all += admitted(one, login, 1) + admitted(two, later, 1) + admitted(two, provider, 1);
            }
            assertThat(all).isEqualTo(10);
            RateAnswer refused = admit(one, provider);
            assertThat(refused.admitted()).isFalse();
            assertThat(refused.plan()).isEqualTo(RateSettings.NEW_KEYS);
            Caller.KeyHolder key = new Caller.KeyHolder(
                    tenant, ids.next(), user, "kim", ids.next(), "professional", Caller.Origin.LOCAL);
            assertThat(admit(two, key).admitted()).as("a key of the same user").isTrue();
            assertThat(admit(two, token(tenant, ids.next(), ids.next())).admitted())
                    .as("another user")
                    .isTrue();
        }
    }

    @Test
    void theConsoleJobsAndNobodyAreNotCounted() {
        UUID id = ids.next();
        try (Rates server = server()) {
            assertThat(server.admit(new Caller.Person(id, id, id, "kim", id, Caller.Origin.LOCAL)))
                    .isEmpty();
            assertThat(server.admit(new Caller.JobToken(
                            id, id, id, "kim", id, java.util.Optional.empty(), Caller.Origin.LOCAL)))
                    .isEmpty();
            assertThat(server.admit(new Caller.Anonymous(Caller.Origin.LOCAL))).isEmpty();
        }
    }

    @Test
    void aDaysCallsEndBeforeItsMinutes() {
        Caller.KeyHolder key = key("daily");
        try (Rates server = server()) {
            assertThat(admitted(server, key, 20)).isEqualTo(5);
            clock.advance(Duration.ofHours(1));
            RateAnswer refused = admit(server, key);
            assertThat(refused.admitted()).isFalse();
            assertThat(refused.limit()).isEqualTo(5);
            assertThat(refused.span()).isEqualTo("day");
            assertThat(refused.resetSeconds() % 86_400).isZero();
            clock.advance(Duration.ofDays(1));
            assertThat(admit(server, key).admitted()).isTrue();
        }
    }

    @Test
    void aKeyThatIsPutOnAnotherPlanHasThatOneFromTheNextCallOn() {
        Caller.KeyHolder key = key("free");
        try (Rates server = server()) {
            assertThat(admitted(server, key, 20)).isEqualTo(10);
            Caller.KeyHolder wider = new Caller.KeyHolder(
                    key.tenantId(),
                    key.workspaceId(),
                    key.userId(),
                    key.name(),
                    key.keyId(),
                    "professional",
                    Caller.Origin.LOCAL);
            assertThat(admitted(server, wider, 100))
                    .as("less what it has called")
                    .isEqualTo(50);
            assertThat(admit(server, key).admitted()).isFalse();
        }
    }

    @Test
    void aLargePlanCostsFewWritesAndIsKeptToOnePercent() {
        Caller.KeyHolder key = key("enterprise");
        Counted store = new Counted(new JdbcRateStore(database));
        try (Rates one = server(store);
                Rates two = server(store)) {
            int all = 0;
            for (int i = 0; i < 40_000; i++) {
                all += admitted(one, key, 1) + admitted(two, key, 1);
            }
            assertThat(all).isBetween(59_400, 60_000);
            assertThat(store.wishes).hasValueLessThan(110);
            assertThat(admit(one, key).admitted()).isFalse();
        }
    }

    @Test
    void aClockThatStepsTenDaysLocksNoKeyOut() {
        for (String plan : List.of("free", "daily", "enterprise")) {
            Caller.KeyHolder key = key(plan);
            try (Rates server = server();
                    Rates other = server()) {
                assertThat(admit(server, key).admitted()).isTrue();
                for (long days : List.of(10L, -10L, -10L, 10L)) {
                    clock.advance(Duration.ofDays(days));
                    assertThat(admitted(server, key, 3)).as(plan + " " + days).isEqualTo(3);
                    assertThat(admit(other, key).admitted()).isTrue();
                }
            }
        }
    }

    @Test
    void serversWhoseClocksDifferCountInOneSpan() {
        Caller.KeyHolder key = key("free");
        MovableClock ahead = new MovableClock();
        ahead.advance(Duration.between(ahead.instant(), clock.instant()));
        MovableClock behind = new MovableClock();
        behind.advance(Duration.between(behind.instant(), clock.instant()).minusSeconds(30));
        try (Rates first = server(ahead);
                Rates last = server(behind)) {
            int all = 0;
            for (int i = 0; i < 10; i++) {
                all += admitted(first, key, 1) + admitted(last, key, 1);
            }
            assertThat(all).isEqualTo(10);
        }
    }

    @Test
    void manyThreadsShareAPlanExactly() throws Exception {
        Caller.KeyHolder key = key("professional");
        AtomicInteger admitted = new AtomicInteger();
        try (Rates one = server();
                Rates two = server();
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                Rates server = thread % 2 == 0 ? one : two;
                all.add(threads.submit(() -> IntStream.range(0, 20).forEach(i -> {
                    if (admit(server, key).admitted()) {
                        admitted.incrementAndGet();
                    }
                })));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(admitted).hasValue(60);
    }

    @Test
    void whileTheDatabaseFailsAServerCountsByItself() {
        Caller.KeyHolder key = key("free");
        Counted store = new Counted(new JdbcRateStore(database));
        store.failing = true;
        try (Rates server = server(store)) {
            assertThat(admitted(server, key, 30)).isEqualTo(10);
            assertThat(store.wishes).as("it is left alone for a while").hasValue(2);
            store.failing = false;
            clock.advance(Duration.ofMinutes(1));
            assertThat(admitted(server, key, 30)).isEqualTo(10);
        }
    }

    @Test
    void aDatabaseThatHangsHoldsACallUpForASecond() {
        Caller.KeyHolder key = key("free");
        Counted store = new Counted(new JdbcRateStore(database));
        try (Rates server = server(store)) {
            store.hangs = new CountDownLatch(1);
            try {
                Instant begun = Instant.now();
                assertThat(admitted(server, key, 5)).isEqualTo(5);
                assertThat(Duration.between(begun, Instant.now()))
                        .isBetween(Duration.ofMillis(900), Duration.ofMillis(2_500));
            } finally {
                store.hangs.countDown();
            }
        }
    }

    @Test
    void plansAreReadAsTheyAreWritten() {
        RateSettings settings = new RateSettings(Map.of("Trial", "5/7", "free", "20"));
        assertThat(settings.plan("trial").orElseThrow().day()).hasValue(7);
        assertThat(settings.plan("FREE").orElseThrow().minute()).isEqualTo(20);
        assertThat(settings.plan("professional").orElseThrow().day()).hasValue(10_000);
        assertThat(settings.plan("enterprise").orElseThrow().day()).isEmpty();
        assertThat(settings.plan("gone")).isEmpty();
        assertThat(settings.planOrNarrowest("gone").name()).isEqualTo("trial");
        for (String wrong : List.of("", "0", "-1", "1/", "1/2/3", "many", "99999999999")) {
            assertThatThrownBy(() -> new RateSettings(Map.of("odd", wrong)))
                    .as(wrong)
                    .hasMessageContaining("tarn.rates.plans.odd");
        }
    }

    private static int admitted(Rates server, Caller key, int calls) {
        return (int) IntStream.range(0, calls)
                .filter(i -> admit(server, key).admitted())
                .count();
    }

    private static RateAnswer admit(Rates server, Caller caller) {
        return server.admit(caller).orElseThrow();
    }

    private Rates server() {
        return server(clock);
    }

    private Rates server(MovableClock itsClock) {
        return new Rates(database, PLANS, itsClock);
    }

    private Rates server(RateStore store) {
        return new Rates(
                new RateLedger(database, store, () -> clock.instant().getEpochSecond() * 1_000_000_000L), PLANS, clock);
    }

    private static Caller token(UUID tenant, UUID user, UUID signIn) {
        return new Caller.TokenHolder(tenant, tenant, user, "kim", signIn, Caller.Origin.LOCAL);
    }

    private Caller.KeyHolder key(String plan) {
        return new Caller.KeyHolder(ids.next(), ids.next(), ids.next(), "kim", ids.next(), plan, Caller.Origin.LOCAL);
    }

    /** A store that counts what it is asked, and can be away. */
    private static final class Counted implements RateStore {
        private final RateStore store;
        private final AtomicInteger wishes = new AtomicInteger();
        private volatile boolean failing;
        private volatile CountDownLatch hangs = new CountDownLatch(0);

        Counted(RateStore store) {
            this.store = store;
        }

        @Override
        public List<Grant> take(List<Wish> wanted) {
            wishes.addAndGet(wanted.size());
            if (failing) {
                throw new IllegalStateException("The database is busy");
            }
            try {
                hangs.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return store.take(wanted);
        }
    }
}
