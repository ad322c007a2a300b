package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.TestAccess;
import dev.tarn.platform.Ids;
import dev.tarn.platform.MovableClock;
import dev.tarn.platform.database.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reports on both databases. */
abstract class ReportStoreContract extends StoreContract {
    private final MovableClock clock = new MovableClock();
    private final Ids ids = new Ids(clock, new Random(5));
    private JdbcReportStore store;
    private UUID tenant;
    private UUID other;

    @BeforeAll
    void start() {
        TestAccess access = TestAccess.on(database);
        tenant = access.admin().tenantId();
        other = access.anotherTenant().tenantId();
        store = new JdbcReportStore(database);
    }

    private TableReport report() {
        clock.advance(Duration.ofSeconds(1));
        return new TableReport(
                ids.next(),
                TableReport.Kind.SCAN,
                clock.instant(),
                UUID.randomUUID(),
                "ann",
                Optional.of("spark 4.1.3"),
                OptionalLong.of(Long.MAX_VALUE),
                Optional.empty(),
                Optional.of("n = (1-digit-int)"),
                Optional.of(Duration.ofNanos(1_234_000)),
                Map.of(TableReport.Figure.FILES_PLANNED, 5L, TableReport.Figure.BYTES_PLANNED, Long.MAX_VALUE));
    }

    private static TableReport bare(TableReport report) {
        return new TableReport(
                report.id(),
                TableReport.Kind.COMMIT,
                report.reportedAt(),
                report.userId(),
                report.userName(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of("append"),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    @Test
    void whatIsAddedIsListedNewestFirst() {
        TableReport first = report();
        TableReport second = bare(report());
        store.add(tenant, "file:/a", first, 10);
        store.add(tenant, "file:/a", second, 10);
        store.add(tenant, "file:/b", report(), 10);
        store.add(other, "file:/a", report(), 10);
        assertThat(store.list(tenant, "file:/a", Optional.empty(), 10)).containsExactly(second, first);
        assertThat(store.list(tenant, "file:/a", Optional.empty(), 1)).containsExactly(second);
        assertThat(store.list(tenant, "file:/a", Optional.of(second.id()), 10)).containsExactly(first);
    }

    @Test
    void onlyTheNewestAreKeptAndForAWhile() {
        List<TableReport> all = IntStream.range(0, 5).mapToObj(i -> report()).toList();
        all.forEach(report -> store.add(tenant, "file:/many", report, 3));
        assertThat(store.list(tenant, "file:/many", Optional.empty(), 10))
                .containsExactly(all.get(4), all.get(3), all.get(2));
        Instant before = all.get(3).reportedAt();
        assertThat(store.purge(before)).isGreaterThanOrEqualTo(1);
        assertThat(store.list(tenant, "file:/many", Optional.empty(), 10)).containsExactly(all.get(4), all.get(3));
    }
}
