package dev.tarn.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.Caller;
import dev.tarn.access.Eventually;
import dev.tarn.access.TestAccess;
import dev.tarn.platform.Ids;
import dev.tarn.platform.MovableClock;
import dev.tarn.platform.database.StoreContract;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The meter and its store, on both databases. */
abstract class UsageContract extends StoreContract {
    private static final int SINGLE = 60;
    private static final UsageSettings SETTINGS = new UsageSettings(Duration.ofDays(400), SINGLE);
    private static final UsagePeriod ALWAYS = new UsagePeriod(Optional.empty(), Optional.empty());

    private final MovableClock clock = new MovableClock();
    private final Ids ids = new Ids(clock, new Random(7));

    @Test
    void whatIsRecordedIsCommittedWithin200Milliseconds() {
        Caller caller = caller();
        UsageStore store = new JdbcUsageStore(database);
        try (Meter meter = meter(store)) {
            meter.record(caller, Use.statement(1_234, 56));
            Eventually.holds(() -> assertThat(newest(store, caller, 10)).isNotEmpty());
            assertThat(newest(store, caller, 10)).singleElement().satisfies(entry -> {
                assertThat(entry.kind()).isEqualTo(UsageKind.STATEMENT);
                assertThat(entry.amount()).isEqualTo(new UsageAmount(0, 1, 1_234, 0, 0, 0));
                assertThat(entry.elapsedMs()).isEqualTo(56);
                assertThat(entry.at()).isEqualTo(clock.instant());
                assertThat(entry.userId()).isEqualTo(caller.userId());
                assertThat(entry.workspaceId()).isEqualTo(caller.workspaceId());
                assertThat(entry.requestId()).isEqualTo("request 1");
            });
        }
    }

    @Test
    void aStopLosesNothing() {
        Caller caller = caller();
        UsageStore store = new JdbcUsageStore(database);
        try (Meter meter = meter(store)) {
            for (int i = 0; i < 1_234; i++) {
                meter.record(caller, Use.job(i));
            }
        }
        assertThat(newest(store, caller, 2_000)).hasSize(1_234);
    }

    @Test
    void aFullQueueWaitsForTheDatabaseAndAFailureIsTriedAgain() {
        Caller caller = caller();
        FailingOnce store = new FailingOnce(new JdbcUsageStore(database));
        try (Meter meter = meter(store)) {
            for (int i = 0; i < 25_000; i++) {
                meter.record(caller, Use.load(i, 0));
            }
        }
        assertThat(newest(store, caller, 30_000)).hasSize(25_000);
        assertThat(store.failed).isTrue();
    }

    @Test
    void anotherTenantsUseIsNotSeen() {
        UsageStore store = new JdbcUsageStore(database);
        try (Meter meter = meter(store)) {
            meter.record(caller(), Use.model(7, 0));
        }
        assertThat(newest(store, caller(), 10)).isEmpty();
    }

    @Test
    void theFirstCallsOfAMinuteAreEntriesAndTheRestIsOne() {
        Caller caller = caller();
        UsageStore store = new JdbcUsageStore(database);
        try (Meter meter = meter(store)) {
            for (int i = 0; i < 1_000; i++) {
                meter.call(caller, "datalynxr", 1);
            }
            clock.advance(Duration.ofMinutes(1));
            meter.call(caller, "datalynxr", 1);
            meter.call(caller, "drls", 1);
        }
        List<UsageStore.Entry> entries = newest(store, caller, 1_000);
        assertThat(entries).hasSize(SINGLE + 1 + 2).allMatch(entry -> entry.kind() == UsageKind.CALL);
        assertThat(entries.stream().mapToLong(entry -> entry.amount().calls()).sum())
                .isEqualTo(1_002);
        assertThat(entries)
                .filteredOn(entry -> entry.amount().calls() > 1)
                .singleElement()
                .satisfies(rest -> {
                    assertThat(rest.amount().calls()).isEqualTo(1_000 - SINGLE);
                    assertThat(rest.contract()).contains("datalynxr");
                    assertThat(rest.keyId()).contains(((Caller.KeyHolder) caller).keyId());
                });
    }

    @Test
    void callersOfPastMinutesAreForgotten() {
        CallCounts counts = new CallCounts(SINGLE, ids);
        for (int i = 0; i < 100; i++) {
            counts.count(caller(), Optional.of(ids.next()), "drls", clock.instant());
        }
        assertThat(counts.size()).isEqualTo(100);
        clock.advance(Duration.ofMinutes(1));
        counts.count(caller(), Optional.empty(), "drls", clock.instant());
        assertThat(counts.size()).isEqualTo(1);
        clock.advance(Duration.ofDays(-10));
        counts.count(caller(), Optional.empty(), "drls", clock.instant());
        assertThat(counts.size()).as("after a clock was set back").isEqualTo(1);
    }

    @Test
    void whatIsHandedInTwiceIsThereOnce() {
        Caller caller = caller();
        UsageStore store = new JdbcUsageStore(database);
        UsageStore.Entry statement =
                entry(caller, ids.next(), Use.statement(10, 1).amount());
        UUID calls = ids.next();
        List<UsageStore.Entry> batch = List.of(
                statement,
                entry(caller, calls, UsageAmount.ofCalls(3)),
                entry(caller, calls, UsageAmount.ofCalls(4)),
                entry(caller, calls, UsageAmount.ofCalls(2)));
        for (int i = 0; i < 2; i++) {
            database.inTransaction(() -> store.append(batch));
        }
        database.inTransaction(() -> store.append(List.of(entry(caller, calls, UsageAmount.ofCalls(1)))));

        assertThat(newest(store, caller, 10))
                .extracting(UsageStore.Entry::amount)
                .containsExactlyInAnyOrder(statement.amount(), UsageAmount.ofCalls(4));
        assertThat(store.bytesScannedSince(caller.tenantId(), today())).isEqualTo(10);
        assertThat(store.bytesScannedSince(caller.tenantId(), today() + 1)).isZero();
    }

    @Test
    void entriesAreListedNewestFirstFromAnyPlace() {
        Caller caller = caller();
        UsageStore store = new JdbcUsageStore(database);
        Instant start = clock.instant();
        try (Meter meter = meter(store)) {
            for (int i = 0; i < 10; i++) {
                meter.record(caller, Use.statement(i, 1));
                meter.record(caller, Use.statement(i, 1));
                clock.advance(Duration.ofSeconds(1));
            }
        }
        List<UsageStore.Entry> all = newest(store, caller, 100);
        assertThat(all).hasSize(20);
        UsageStore.Whose whose = new UsageStore.Whose(caller.tenantId(), Optional.of(caller.userId()));
        UsageStore.Entry place = all.get(6);
        assertThat(store.list(whose, ALWAYS, Optional.of(new UsageStore.Place(place.at(), place.id())), 5))
                .isEqualTo(all.subList(7, 12));
        UsagePeriod period = new UsagePeriod(Optional.of(start.plusSeconds(2)), Optional.of(start.plusSeconds(4)));
        assertThat(store.list(whose, period, Optional.empty(), 100))
                .extracting(UsageStore.Entry::at)
                .containsOnly(start.plusSeconds(2), start.plusSeconds(3))
                .hasSize(4);
        assertThat(store.list(
                        new UsageStore.Whose(caller.tenantId(), Optional.of(ids.next())), ALWAYS, Optional.empty(), 9))
                .isEmpty();
    }

    @Test
    void sumsAreByPriceAndGroup() {
        Caller caller = caller();
        UsageStore store = new JdbcUsageStore(database);
        Prices prices = Prices.of(new PriceSettings(
                new BigDecimal("0.10"),
                BigDecimal.ZERO,
                new BigDecimal("6.25"),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO));
        try (Meter free = meter(store);
                Meter priced = new Meter(database, store, SETTINGS, prices, ids, clock)) {
            free.call(caller, "drls", 1);
            priced.call(caller, "drls", 1);
            priced.call(caller, "drls", 1);
            priced.record(caller, Use.statement(1_000_000_000_001L, 1));
        }
        UsageStore.Whose whose = new UsageStore.Whose(caller.tenantId(), Optional.empty());
        assertThat(store.sums(whose, ALWAYS, UsageStore.Group.KIND))
                .containsExactlyInAnyOrder(
                        new UsageStore.Sum("call", Optional.empty(), Optional.empty(), UsageAmount.ofCalls(1)),
                        new UsageStore.Sum("call", Optional.empty(), prices.text(), UsageAmount.ofCalls(2)),
                        new UsageStore.Sum(
                                "statement",
                                Optional.empty(),
                                prices.text(),
                                new UsageAmount(0, 1, 1_000_000_000_001L, 0, 0, 0)));
        for (UsageStore.Group group : UsageStore.Group.values()) {
            assertThat(store.sums(whose, ALWAYS, group).stream()
                            .map(sum -> Prices.of(sum.prices()).cost(sum.amount()))
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .as(group.toString())
                    .isEqualByComparingTo("6.45000000000625");
        }
    }

    @Test
    void whatIsTooOldIsForgottenALittleAtATime() {
        try (TestAccess access = TestAccess.on(database)) {
            Caller caller = access.admin();
            UsageStore store = new JdbcUsageStore(database);
            Instant old = clock.instant().minus(Duration.ofDays(500));
            List<UsageStore.Entry> entries = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                entries.add(entry(caller, ids.next(), Use.statement(5, 1).amount(), old));
            }
            entries.add(entry(caller, ids.next(), Use.statement(5, 1).amount()));
            database.inTransaction(() -> store.append(entries));
            Instant before = clock.instant().minus(SETTINGS.keep());
            assertThat(database.<Integer>inTransaction(() -> store.forget(before, 10)))
                    .isEqualTo(10);
            try (UsageUpkeep upkeep = new UsageUpkeep(database, store, SETTINGS, clock)) {
                upkeep.forget();
            }
            assertThat(newest(store, caller, 100)).hasSize(1);
            assertThat(store.bytesScannedSince(caller.tenantId(), 0)).isEqualTo(5);
        }
    }

    private Meter meter(UsageStore store) {
        return new Meter(database, store, SETTINGS, Prices.NOTHING, ids, clock);
    }

    private static List<UsageStore.Entry> newest(UsageStore store, Caller caller, int limit) {
        return store.list(new UsageStore.Whose(caller.tenantId(), Optional.empty()), ALWAYS, Optional.empty(), limit);
    }

    private UsageStore.Entry entry(Caller caller, UUID id, UsageAmount amount) {
        return entry(caller, id, amount, clock.instant());
    }

    private static UsageStore.Entry entry(Caller caller, UUID id, UsageAmount amount, Instant at) {
        return new UsageStore.Entry(
                caller.tenantId(),
                caller.workspaceId(),
                id,
                at,
                caller.userId(),
                Optional.empty(),
                Optional.empty(),
                amount.calls() > 0 ? UsageKind.CALL : UsageKind.STATEMENT,
                amount,
                0,
                Optional.empty(),
                "request 1");
    }

    private long today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
    }

    private Caller caller() {
        return new Caller.KeyHolder(
                ids.next(), ids.next(), ids.next(), "meg", ids.next(), new Caller.Origin("request 1", "local"));
    }

    private static final class FailingOnce implements UsageStore {
        private final UsageStore store;
        private volatile boolean failed;

        FailingOnce(UsageStore store) {
            this.store = store;
        }

        @Override
        public void append(List<Entry> entries) {
            store.append(entries);
            if (!failed) {
                failed = true;
                throw new IllegalStateException("The database is away at " + Instant.EPOCH);
            }
        }

        @Override
        public List<Entry> list(Whose whose, UsagePeriod period, Optional<Place> after, int limit) {
            return store.list(whose, period, after, limit);
        }

        @Override
        public List<Sum> sums(Whose whose, UsagePeriod period, Group group) {
            return store.sums(whose, period, group);
        }

        @Override
        public long bytesScannedSince(UUID tenantId, long day) {
            return store.bytesScannedSince(tenantId, day);
        }

        @Override
        public int forget(Instant before, int limit) {
            return store.forget(before, limit);
        }
    }
}
