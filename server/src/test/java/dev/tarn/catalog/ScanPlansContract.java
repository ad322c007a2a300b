package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.access.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchPlanIdException;
import org.apache.iceberg.exceptions.NoSuchPlanTaskException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.rest.requests.FetchScanTasksRequest;
import org.apache.iceberg.rest.requests.PlanTableScanRequest;
import org.apache.iceberg.rest.responses.BaseScanTaskResponse;
import org.apache.iceberg.rest.responses.FetchScanTasksResponse;
import org.apache.iceberg.rest.responses.PlanTableScanResponse;
import org.junit.jupiter.api.Test;

/** Plans of scans whose answers hold two files each, on both databases. */
abstract class ScanPlansContract extends CatalogContract {
    private static final String ORDERS = "iceberg.shop.orders";
    private static final TableIdentifier TABLE = TableIdentifier.of("shop", "orders");
    private static final int TWO_FILES = 80;
    private static final PlanTableScanRequest ALL = PlanTableScanRequest.builder()
            .withFilter(Expressions.greaterThanOrEqual("n", 0L))
            .build();

    private ScanPlans plans(World.Server process) {
        return new ScanPlans(process.parts(), new JdbcScanPlanStore(world.database), TWO_FILES);
    }

    private static List<Long> rows(BaseScanTaskResponse answer) {
        return answer.fileScanTasks().stream()
                .map(task -> task.file().recordCount())
                .toList();
    }

    /** Asks another server for each of the rest; returns the numbers of rows of all files. */
    private List<Long> gathered(PlanTableScanResponse first) {
        List<Long> rows = new ArrayList<>(rows(first));
        List<String> rest =
                new ArrayList<>(Optional.ofNullable(first.planTasks()).orElse(List.of()));
        while (!rest.isEmpty()) {
            FetchScanTasksResponse more =
                    plans(world.server()).tasks(admin, TABLE, new FetchScanTasksRequest(rest.removeFirst()));
            assertThat(more.fileScanTasks()).hasSizeLessThanOrEqualTo(2);
            rows.addAll(rows(more));
            rest.addAll(Optional.ofNullable(more.planTasks()).orElse(List.of()));
        }
        return rows.stream().sorted().toList();
    }

    /** A commit for each file, of as many rows as the file's number says. */
    private void append(int from, int to) {
        for (int file = from; file <= to; file++) {
            world.write(server, ORDERS, file == 1 ? WriteMode.CREATE : WriteMode.APPEND, World.numbers(0, file));
        }
    }

    /** All files in one manifest. */
    private void appendAtOnce(int files) {
        try (TableWrite write = server.tables().begin(admin, TableName.parse(ORDERS), WriteMode.CREATE)) {
            write.commit(
                    World.NUMBERS,
                    IntStream.rangeClosed(1, files)
                            .mapToObj(file ->
                                    World.dataFile(write, file, World.NUMBERS, (Object[]) World.numbers(0, file)))
                            .toList());
        }
    }

    @Test
    void anyServerGoesOnWithAPlan() {
        append(1, 5);
        PlanTableScanResponse first = plans(server).plan(admin, TABLE, ALL);
        assertThat(rows(first)).hasSize(2);
        assertThat(first.planTasks()).hasSize(2);

        assertThat(gathered(first)).containsExactly(1L, 2L, 3L, 4L, 5L);
        ScanPlans restarted = plans(world.restarted());
        assertThat(restarted.result(admin, TABLE, first.planId()).planTasks()).isEqualTo(first.planTasks());
        restarted.cancel(admin, TABLE, first.planId());
        assertThatThrownBy(() -> gathered(first)).isInstanceOf(NoSuchPlanTaskException.class);
    }

    @Test
    void oneLargeManifestIsReadInParts() {
        appendAtOnce(7);
        PlanTableScanResponse first = plans(server).plan(admin, TABLE, ALL);
        assertThat(rows(first)).hasSize(2);
        assertThat(first.planTasks()).hasSize(1);

        assertThat(gathered(first)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void aPlanIsOfItsVersionWhateverComes() {
        append(1, 5);
        PlanTableScanResponse first = plans(server).plan(admin, TABLE, ALL);
        append(6, 6);
        tables.alterColumns(admin, TableName.parse(ORDERS), List.of(new SchemaEdit.Rename("n", "m")));

        assertThat(gathered(first)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(gathered(plans(server).plan(admin, TABLE, ofThen(first, true))))
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThatThrownBy(() -> plans(server).plan(admin, TABLE, ofThen(first, false)))
                .isInstanceOf(org.apache.iceberg.exceptions.ValidationException.class);
        assertThatThrownBy(() -> plans(server).plan(admin, TABLE, ALL))
                .isInstanceOf(org.apache.iceberg.exceptions.ValidationException.class);

        tables.drop(admin, TableName.parse(ORDERS));
        append(1, 3);
        assertThatThrownBy(() -> gathered(first)).isInstanceOf(NoSuchPlanTaskException.class);
        assertThatThrownBy(() -> plans(server).result(admin, TABLE, first.planId()))
                .isInstanceOf(NoSuchPlanIdException.class);
    }

    /** The same request of the version that a plan is of. */
    private PlanTableScanRequest ofThen(PlanTableScanResponse plan, boolean columnsOfThen) {
        return PlanTableScanRequest.builder()
                .withFilter(ALL.filter())
                .withUseSnapshotSchema(columnsOfThen)
                .withSnapshotId(new JdbcScanPlanStore(world.database)
                        .find(admin.tenantId(), UUID.fromString(plan.planId()))
                        .orElseThrow()
                        .snapshotId()
                        .getAsLong())
                .build();
    }

    @Test
    void aPlanEndsAfterAnHour() {
        append(1, 3);
        PlanTableScanResponse first = plans(server).plan(admin, TABLE, ALL);
        plans(server).plan(admin, TABLE, ALL);
        world.access.clock().advance(Duration.ofMinutes(59));
        plans(server).sweep();
        assertThat(gathered(first)).hasSize(3);
        world.access.clock().advance(Duration.ofMinutes(2));
        assertThatThrownBy(() -> gathered(first)).isInstanceOf(NoSuchPlanTaskException.class);
        assertThat(count()).isEqualTo(2);
        plans(server).sweep();
        assertThat(count()).isZero();
    }

    private long count() {
        return world.database
                .client()
                .sql("SELECT COUNT(*) FROM scan_plans")
                .query(Long.class)
                .single();
    }

    @Test
    void aTenantHasItsOwnPlansAndAUserNotTooMany() {
        JdbcScanPlanStore store = new JdbcScanPlanStore(world.database);
        Caller other = world.access.anotherTenant();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            world.access.clock().advance(Duration.ofMillis(1));
            ScanPlan plan = plan(i % 4 == 3 ? other : admin);
            store.insert(plan, 3);
            ids.add(plan.id());
            assertThat(store.find(plan.tenantId(), plan.id())).contains(plan);
        }
        assertThat(ids.stream().filter(id -> store.find(admin.tenantId(), id).isPresent()))
                .containsExactly(ids.get(1), ids.get(2), ids.get(4));
        assertThat(store.remove(admin.tenantId(), ids.get(3))).isFalse();
        assertThat(store.remove(other.tenantId(), ids.get(3))).isTrue();
        assertThat(store.remove(other.tenantId(), ids.get(3))).isFalse();
    }

    private ScanPlan plan(Caller caller) {
        UUID id = server.parts().ids().next();
        return new ScanPlan(
                caller.tenantId(),
                caller.userId(),
                id,
                "uuid",
                id.getLeastSignificantBits() % 2 == 0 ? OptionalLong.empty() : OptionalLong.of(Long.MAX_VALUE),
                3,
                "{}",
                world.access.clock().instant());
    }
}
