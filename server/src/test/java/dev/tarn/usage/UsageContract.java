package dev.tarn.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.Caller;
import dev.tarn.platform.Ids;
import dev.tarn.platform.MovableClock;
import dev.tarn.platform.database.StoreContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The meter and its store, on both databases. */
abstract class UsageContract extends StoreContract {
    private final Clock clock = new MovableClock();
    private final Ids ids = new Ids(clock, new Random(7));

    @Test
    void whatIsRecordedIsCommittedWithin200Milliseconds() throws InterruptedException {
        Caller caller = caller();
        UsageStore store = new JdbcUsageStore(database);
        try (Meter meter = new Meter(database, store, ids, clock)) {
            meter.record(caller, UsageKind.STATEMENT, 1_234, 56);
            long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (store.newest(caller.tenantId(), 10).isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
            assertThat(store.newest(caller.tenantId(), 10)).singleElement().satisfies(entry -> {
                assertThat(entry.kind()).isEqualTo(UsageKind.STATEMENT);
                assertThat(entry.bytesScanned()).isEqualTo(1_234);
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
        try (Meter meter = new Meter(database, store, ids, clock)) {
            for (int i = 0; i < 1_234; i++) {
                meter.record(caller, UsageKind.CALL, i, 0);
            }
        }
        assertThat(store.newest(caller.tenantId(), 2_000)).hasSize(1_234);
    }

    @Test
    void aFullQueueWaitsForTheDatabaseAndAFailureIsTriedAgain() {
        Caller caller = caller();
        FailingOnce store = new FailingOnce(new JdbcUsageStore(database));
        try (Meter meter = new Meter(database, store, ids, clock)) {
            for (int i = 0; i < 25_000; i++) {
                meter.record(caller, UsageKind.LOAD, i, 0);
            }
        }
        assertThat(store.newest(caller.tenantId(), 30_000)).hasSize(25_000);
        assertThat(store.failed).isTrue();
    }

    @Test
    void anotherTenantsUseIsNotSeen() {
        UsageStore store = new JdbcUsageStore(database);
        try (Meter meter = new Meter(database, store, ids, clock)) {
            meter.record(caller(), UsageKind.CALL, 0, 0);
        }
        assertThat(store.newest(UUID.randomUUID(), 10)).isEmpty();
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
        public List<Entry> newest(UUID tenantId, int limit) {
            return store.newest(tenantId, limit);
        }
    }
}
