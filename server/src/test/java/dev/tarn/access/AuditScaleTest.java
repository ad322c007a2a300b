package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.PageRequest;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How long a trail of many entries takes: {@code -Dtarn.audit.entries=1000000}. */
@EnabledIfSystemProperty(named = "tarn.audit.entries", matches = "[0-9]+")
class AuditScaleTest {
    private static final int ENTRIES = Integer.getInteger("tarn.audit.entries", 10_000);
    private static final int AT_ONCE = 5_000;

    @Test
    void onSqlite(@TempDir Path folder) {
        try (Database database = TestDatabases.sqlite(folder)) {
            measure("sqlite", database);
        }
    }

    @Test
    void onPostgres() {
        try (Database database = TestDatabases.postgres()) {
            measure("postgresql", database);
        }
    }

    private static void measure(String kind, Database database) {
        AuditChainWorld world = new AuditChainWorld(database);
        UUID tenant = world.tenant();
        timed(kind, "write", () -> {
            for (int from = 0; from < ENTRIES; from += AT_ONCE) {
                List<AuditStore.Entry> batch = new ArrayList<>();
                for (int i = from; i < Math.min(ENTRIES, from + AT_ONCE); i++) {
                    world.clock.advance(Duration.ofMillis(5));
                    batch.add(world.entry(tenant, world.ids.next(), "table:iceberg.a.t" + i % 1_000));
                }
                database.inTransaction(() -> world.entries.append(batch));
            }
            return 0;
        });
        timed(kind, "seal", () -> {
            world.sealer("server").pass();
            return 0;
        });
        AuditReport report = timed(kind, "verify", () -> world.verify(tenant));
        assertThat(report.intact()).isTrue();
        assertThat(report.entries()).isEqualTo(ENTRIES);
        AuditQuery all = AuditQuery.all();
        timed(kind, "first_page", () -> world.entries.list(tenant, all, Optional.empty(), PageRequest.DEFAULT));
        timed(
                kind,
                "page_of_resource",
                () -> world.entries.list(
                        tenant,
                        new AuditQuery(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("table:iceberg.a.t7"),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty(),
                        PageRequest.DEFAULT));
        timed(
                kind,
                "page_of_denied_without_any",
                () -> world.entries.list(
                        tenant,
                        new AuditQuery(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Audit.Outcome.DENIED),
                                Optional.empty()),
                        Optional.empty(),
                        PageRequest.DEFAULT));
        timed(
                kind,
                "text_that_is_nowhere",
                () -> world.entries.list(
                        tenant,
                        new AuditQuery(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("nowhere")),
                        Optional.empty(),
                        PageRequest.DEFAULT));
    }

    private static <T> T timed(String kind, String what, Supplier<T> work) {
        long begun = System.nanoTime();
        T result = work.get();
        System.out.printf(
                "RESULT audit_%s_%s_of_%d_ms %d%n", kind, what, ENTRIES, (System.nanoTime() - begun) / 1_000_000);
        return result;
    }
}
