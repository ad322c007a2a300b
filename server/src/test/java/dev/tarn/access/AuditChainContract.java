package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.database.StoreContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sealing and retention, by one server and by two, cut off at each step. */
abstract class AuditChainContract extends StoreContract {
    private AuditChainWorld world;

    @BeforeEach
    void begin() {
        world = new AuditChainWorld(database);
    }

    @Test
    void whatWasWrittenIsSealedInItsOrder() {
        UUID tenant = world.sealed(2_500);

        AuditReport report = world.verify(tenant);

        assertThat(report.problems()).isEmpty();
        assertThat(report.intact()).isTrue();
        assertThat(report.entries()).isEqualTo(2_500);
        assertThat(report.firstSequence()).isEqualTo(1);
        assertThat(report.head().orElseThrow().sequence()).isEqualTo(2_500);
        assertThat(report.head().orElseThrow().sealedAt()).contains(world.now());
        assertThat(report.unsealed()).isZero();
        assertThat(world.chains.after(tenant, 0, 2_500))
                .extracting(entry -> entry.row().resource())
                .startsWith("table:iceberg.a.t0", "table:iceberg.a.t1")
                .endsWith("table:iceberg.a.t2499");
    }

    @Test
    void anEntryThatWasBegunEarlierAndCommittedLaterIsSealedLater() {
        UUID tenant = world.tenant();
        UUID early = world.ids.next();
        world.write(tenant, 3);
        world.sealer("server").pass();
        database.inTransaction(() -> world.entries.append(world.entry(tenant, early, "table:late")));
        world.sealer("server").pass();

        assertThat(world.chains.after(tenant, 3, 10))
                .extracting(entry -> entry.row().id())
                .containsExactly(early.toString());
        assertThat(world.verify(tenant).intact()).isTrue();
    }

    @Test
    void anEmptyTrailIsIntact() {
        AuditReport report = world.verify(world.tenant());
        assertThat(report.intact()).isTrue();
        assertThat(report.head()).isEmpty();
        assertThat(report.entries()).isZero();
        assertThat(report.firstSequence()).isEqualTo(1);
    }

    @Test
    void theHashIsOfTheWrittenDownEncoding() {
        AuditChainStore.Row row = new AuditChainStore.Row(
                "t", "e", 5, "person", null, "Zoë", "insert", "table:a", "done", "r", "::1", "{}");
        // Computed by other means: docs/audit.md has the program.
        assertThat(AuditChain.hash(AuditChain.BEGINNING, 1, row))
                .isEqualTo("48c11099418eb76510b6db3b51a2021cb752a16aa2e03fafb05720d84b667a11");
    }

    @Test
    void oneServerSealsWhileItsLeaseLastsAndAnotherTakesOverWhenItIsDead() {
        UUID tenant = world.tenant();
        AuditSealer first = world.sealer("first");
        AuditSealer second = world.sealer("second");
        world.write(tenant, 1);
        first.pass();
        world.write(tenant, 1);
        second.pass();
        assertThat(world.verify(tenant).entries()).isEqualTo(1);
        assertThat(world.verify(tenant).unsealed()).isEqualTo(1);

        world.clock.advance(Duration.ofSeconds(11));
        second.pass();
        first.pass();

        assertThat(world.verify(tenant).entries()).isEqualTo(2);
        assertThat(world.verify(tenant).intact()).isTrue();
    }

    @Test
    void aLeaseOfAClockThatWasWrongByTenDaysIsNotWaitedFor() {
        UUID tenant = world.tenant();
        world.clock.advance(Duration.ofDays(10));
        world.write(tenant, 1);
        world.sealer("dead").pass();
        world.clock.advance(Duration.ofDays(-10));
        world.write(tenant, 1);
        world.sealer("living").pass();
        assertThat(world.verify(tenant).entries()).isEqualTo(2);
        assertThat(world.verify(tenant).intact()).isTrue();
    }

    @Test
    void twoServersThatAlwaysTakeTheLeaseFromEachOtherWriteOneChain() {
        UUID tenant = world.tenant();
        AtomicBoolean writing = new AtomicBoolean(true);
        // Each finds every lease absurd, as after a clock step: nothing but the database keeps them apart.
        AuditChainStore greedy = stepping(world.chains, (step, name) -> {});
        List<CompletableFuture<Void>> servers = new ArrayList<>();
        for (String owner : List.of("a", "b")) {
            AuditSealer sealer = world.sealer(owner, greedy);
            servers.add(CompletableFuture.runAsync(() -> {
                while (writing.get()) {
                    sealer.pass();
                }
                sealer.pass();
            }));
        }
        for (int i = 0; i < 60; i++) {
            UUID id = world.ids.next();
            int entry = i;
            database.inTransaction(() -> {
                for (int j = 0; j < 20; j++) {
                    world.entries.append(world.entry(tenant, j == 0 ? id : world.ids.next(), "table:" + entry));
                }
            });
        }
        writing.set(false);
        servers.forEach(CompletableFuture::join);
        world.sealer("last", greedy).pass();

        assertThat(world.verify(tenant).problems()).isEmpty();
        assertThat(world.verify(tenant).entries()).isEqualTo(1_200);
        assertThat(world.verify(tenant).unsealed()).isZero();
    }

    @Test
    void aSealerThatIsCutOffAtAnyStepLeavesAWholeChain() {
        for (int cut = 1; ; cut++) {
            UUID tenant = world.sealed(3);
            world.write(tenant, 1_500);
            world.clock.advance(Duration.ofSeconds(11));
            int at = cut;
            AtomicBoolean reached = new AtomicBoolean();
            AuditSealer dying = world.sealer("dying", stepping(world.chains, (step, name) -> {
                if (step == at) {
                    reached.set(true);
                    throw new CutOffException(name);
                }
            }));
            try {
                dying.pass();
            } catch (CutOffException e) {
                // before or after the tenant's own work
            }
            AuditReport between = world.verify(tenant);
            assertThat(between.problems()).as("cut at step %d", cut).isEmpty();
            assertThat(between.entries() + between.unsealed()).isEqualTo(1_503);

            world.clock.advance(Duration.ofSeconds(11));
            world.sealer("next").pass();

            assertThat(world.verify(tenant).entries()).isEqualTo(1_503);
            assertThat(world.verify(tenant).problems()).isEmpty();
            if (!reached.get()) {
                assertThat(cut).as("steps").isGreaterThan(8);
                return;
            }
        }
    }

    @Test
    void retentionRemovesTheBeginningAndTheRestIsVerifiedFromThere() {
        UUID tenant = world.sealed(10);
        AuditHead removed = world.head(tenant);
        world.clock.advance(Duration.ofDays(200));
        world.write(tenant, 5);
        world.sealer("server").pass();
        world.clock.advance(Duration.ofDays(170));
        AuditSealer sealer = world.sealer("server");
        sealer.pass();
        AuditReport between = world.verify(tenant);
        assertThat(between.problems()).isEmpty();
        sealer.pass();

        AuditReport report = world.verify(tenant, removed);
        assertThat(report.problems()).isEmpty();
        assertThat(report.firstSequence()).isEqualTo(11);
        assertThat(report.entries()).isEqualTo(6);
        assertThat(report.head().orElseThrow().sequence()).isEqualTo(16);
        AuditChainStore.Row entry = world.chains.after(tenant, 15, 1).getFirst().row();
        assertThat(entry.verb()).isEqualTo("drop");
        assertThat(AuditRetention.removal(entry).map(AuditHead::text)).contains(removed.text());

        world.clock.advance(Duration.ofDays(400));
        sealer.pass();
        sealer.pass();
        assertThat(world.verify(tenant).problems()).isEmpty();
        assertThat(world.verify(tenant).firstSequence()).isEqualTo(17);
        assertThat(world.verify(tenant).entries()).isEqualTo(1);
    }

    @Test
    void retentionThatIsCutOffAtAnyStepLeavesAWholeChain() {
        for (int cut = 1; ; cut++) {
            UUID tenant = world.sealed(5);
            world.clock.advance(Duration.ofDays(400));
            int at = cut;
            AtomicBoolean reached = new AtomicBoolean();
            AuditRetention dying = world.retention(only(tenant, stepping(world.chains, (step, name) -> {
                if (step == at) {
                    reached.set(true);
                    throw new CutOffException(name);
                }
            })));
            try {
                dying.pass("dying");
            } catch (CutOffException e) {
                // before any tenant
            }
            assertThat(world.verify(tenant).problems())
                    .as("cut at step %d", cut)
                    .isEmpty();
            world.clock.advance(Duration.ofSeconds(11));
            world.sealer("next").pass();
            assertThat(world.verify(tenant).problems()).isEmpty();
            assertThat(world.verify(tenant).firstSequence()).isEqualTo(6);
            if (!reached.get()) {
                return;
            }
        }
    }

    @Test
    void anEntryIsSealedOnce() {
        UUID tenant = world.sealed(1);
        String id = world.chains.after(tenant, 0, 1).getFirst().row().id();
        assertThatThrownBy(() -> database.inTransaction(() ->
                        world.chains.seal(tenant, List.of(new AuditChainStore.Seal(id, 9, AuditChain.BEGINNING)), 1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(world.verify(tenant).intact()).isTrue();
    }

    /** The power goes. */
    private static final class CutOffException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CutOffException(String step) {
            super("cut off at " + step);
        }
    }

    private interface Steps {
        void at(int step, String name);
    }

    /** The store, with something happening before each of its calls; every lease of another looks absurd to it. */
    private static AuditChainStore stepping(AuditChainStore store, Steps steps) {
        int[] step = {0};
        return (AuditChainStore) Proxy.newProxyInstance(
                AuditChainStore.class.getClassLoader(),
                new Class<?>[] {AuditChainStore.class},
                (proxy, method, arguments) -> {
                    steps.at(++step[0], method.getName());
                    if (method.getName().equals("lease")) {
                        arguments[4] = Instant.EPOCH;
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The store as if there were one chain. */
    private static AuditChainStore only(UUID tenant, AuditChainStore store) {
        return (AuditChainStore) Proxy.newProxyInstance(
                AuditChainStore.class.getClassLoader(),
                new Class<?>[] {AuditChainStore.class},
                (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(store, arguments);
                        return method.getName().equals("tenants") ? List.of(tenant) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
