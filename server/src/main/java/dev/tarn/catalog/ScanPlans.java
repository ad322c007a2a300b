package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.Readers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchPlanIdException;
import org.apache.iceberg.exceptions.NoSuchPlanTaskException;
import org.apache.iceberg.rest.PlanStatus;
import org.apache.iceberg.rest.requests.FetchScanTasksRequest;
import org.apache.iceberg.rest.requests.PlanTableScanRequest;
import org.apache.iceberg.rest.requests.PlanTableScanRequestParser;
import org.apache.iceberg.rest.responses.FetchPlanningResultResponse;
import org.apache.iceberg.rest.responses.FetchScanTasksResponse;
import org.apache.iceberg.rest.responses.PlanTableScanResponse;
import org.jspecify.annotations.Nullable;

/**
 * Scans that the server plans for those who speak Iceberg and may read all of the table. A plan is a row with the request, so any
 * server goes on with it, also after a restart; its files are worked out part by part, as they are asked for. No more plans are
 * worked on at once than there are processors, since each holds an answer's files and the table's deletes in memory.
 */
public final class ScanPlans {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int MOST_OF_USER = 500;
    private static final int LONGEST_REQUEST = 1 << 20;
    private static final int LONGEST_WAIT_SECONDS = 30;
    /** About 5,000 files without values of columns. */
    static final int MOST_VALUES = 200_000;

    private final CatalogParts parts;
    private final ScanPlanStore store;
    private final int mostValues;
    private final Semaphore atOnce = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    ScanPlans(CatalogParts parts, ScanPlanStore store, int mostValues) {
        this.parts = parts;
        this.store = store;
        this.mostValues = mostValues;
    }

    /** Plans a scan; the answer holds the first files, or all of them. */
    public PlanTableScanResponse plan(Caller caller, TableIdentifier identifier, PlanTableScanRequest request) {
        parts.access().requireSomebody(caller);
        try (Readers.Registered _ = parts.readers().begin()) {
            ExactLookup.Found found = parts.exact().whole(caller, identifier, Pointer.Kind.TABLE);
            TableMetadata metadata = parts.metadata().read(found.pointer().location());
            ScanPlan plan = plan(caller, metadata, request);
            PlanTableScanResponse.Builder answer = PlanTableScanResponse.builder(
                            ScannedTable.specs(metadata, schema(metadata, plan)))
                    .withPlanStatus(PlanStatus.COMPLETED)
                    .withPlanId(plan.id().toString());
            PlannedScan.Part first = atOnce(() -> first(metadata, plan, request));
            keep(found.pointer(), plan);
            return answer.withFileScanTasks(first.tasks())
                    .withPlanTasks(told(plan, first.rest()))
                    .build();
        }
    }

    /** From then on the version does not expire before the plan does, if it is still there: expiry moves the pointer, and then looks at plans. */
    private void keep(Pointer pointer, ScanPlan plan) {
        parts.database().inTransaction(() -> {
            boolean there = parts.store().hold(plan.tenantId(), pointer.namespace(), pointer.name()).stream()
                    .map(now -> parts.metadata().read(now.location()))
                    .anyMatch(now -> plan.snapshotId().isEmpty()
                            || now.snapshot(plan.snapshotId().getAsLong()) != null);
            if (!there) {
                throw new IllegalArgumentException("The version to scan has expired meanwhile: "
                        + plan.snapshotId().getAsLong());
            }
            store.insert(plan, MOST_OF_USER);
        });
    }

    /** What became of a plan: it is complete from the beginning. */
    public FetchPlanningResultResponse result(Caller caller, TableIdentifier identifier, String id) {
        parts.access().requireSomebody(caller);
        TableMetadata metadata = table(caller, identifier);
        ScanPlan plan = ScanPlace.Task.plan(id)
                .flatMap(known -> find(caller, metadata, known))
                .orElseThrow(() -> missing(id));
        PlannedScan.Part first = atOnce(() -> first(metadata, plan, request(plan)));
        return FetchPlanningResultResponse.builder(ScannedTable.specs(metadata, schema(metadata, plan)))
                .withPlanStatus(PlanStatus.COMPLETED)
                .withFileScanTasks(first.tasks())
                .withPlanTasks(told(plan, first.rest()))
                .build();
    }

    /** Gives a plan up: nobody goes on with it. */
    public void cancel(Caller caller, TableIdentifier identifier, String id) {
        parts.access().requireSomebody(caller);
        TableMetadata metadata = table(caller, identifier);
        boolean removed = ScanPlace.Task.plan(id)
                .flatMap(known -> find(caller, metadata, known))
                .filter(plan -> store.remove(caller.tenantId(), plan.id()))
                .isPresent();
        if (!removed) {
            throw missing(id);
        }
    }

    /** More files of a plan. */
    public FetchScanTasksResponse tasks(Caller caller, TableIdentifier identifier, FetchScanTasksRequest request) {
        parts.access().requireSomebody(caller);
        TableMetadata metadata = table(caller, identifier);
        ScanPlace.Task task = ScanPlace.Task.of(request.planTask()).orElseThrow(() -> noTask(request));
        ScanPlan plan = find(caller, metadata, task.plan()).orElseThrow(() -> noTask(request));
        PlannedScan.Part part = atOnce(() -> scan(metadata, plan, request(plan))
                .filter(scan -> scan.has(task.place()))
                .orElseThrow(() -> noTask(request))
                .part(task.place()));
        return FetchScanTasksResponse.builder(ScannedTable.specs(metadata, schema(metadata, plan)))
                .withFileScanTasks(part.tasks())
                .withPlanTasks(told(plan, part.rest()))
                .build();
    }

    /** Removes plans whose time has come. */
    void sweep() {
        store.removeExpired(parts.clock().instant());
    }

    private TableMetadata table(Caller caller, TableIdentifier identifier) {
        ExactLookup.Found found = parts.exact().whole(caller, identifier, Pointer.Kind.TABLE);
        return parts.metadata().read(found.pointer().location());
    }

    private ScanPlan plan(Caller caller, TableMetadata metadata, PlanTableScanRequest request) {
        String text = PlanTableScanRequestParser.toJson(request);
        if (text.length() > LONGEST_REQUEST) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A scan is planned for a request of up to %d characters; ask for a part of it"
                            .formatted(LONGEST_REQUEST));
        }
        Snapshot snapshot = snapshot(metadata, request);
        return new ScanPlan(
                caller.tenantId(),
                caller.userId(),
                parts.ids().next(),
                metadata.uuid(),
                snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId()),
                schemaId(metadata, request, snapshot),
                text,
                parts.clock().instant().plus(KEPT));
    }

    /** A past version has the columns of then, if the client wants; branches and appends have those of today. */
    private static int schemaId(TableMetadata metadata, PlanTableScanRequest request, @Nullable Snapshot snapshot) {
        boolean then = request.useSnapshotSchema() && request.startSnapshotId() == null;
        return then && snapshot != null && snapshot.schemaId() != null
                ? snapshot.schemaId()
                : metadata.currentSchemaId();
    }

    private static @Nullable Snapshot snapshot(TableMetadata metadata, PlanTableScanRequest request) {
        Long id = request.endSnapshotId() == null ? request.snapshotId() : request.endSnapshotId();
        if (id == null) {
            return metadata.currentSnapshot();
        }
        Snapshot snapshot = metadata.snapshot(id);
        if (snapshot == null) {
            throw new IllegalArgumentException("Cannot find snapshot with ID " + id);
        }
        return snapshot;
    }

    /** Of the table that the caller has been let in to, as it still is. */
    private Optional<ScanPlan> find(Caller caller, TableMetadata metadata, UUID id) {
        return store.find(caller.tenantId(), id)
                .filter(plan -> plan.tableUuid().equals(metadata.uuid()))
                .filter(plan -> plan.expiresAt().isAfter(parts.clock().instant()))
                .filter(plan -> metadata.schemasById().containsKey(plan.schemaId()))
                .filter(plan -> plan.snapshotId().isEmpty()
                        || metadata.snapshot(plan.snapshotId().getAsLong()) != null);
    }

    private static PlanTableScanRequest request(ScanPlan plan) {
        return PlanTableScanRequestParser.fromJson(plan.request());
    }

    private static Schema schema(TableMetadata metadata, ScanPlan plan) {
        return Objects.requireNonNull(metadata.schemasById().get(plan.schemaId()));
    }

    /** Empty for a table that had no version. */
    private Optional<PlannedScan> scan(TableMetadata metadata, ScanPlan plan, PlanTableScanRequest request) {
        return plan.snapshotId().isEmpty()
                ? Optional.empty()
                : Optional.of(PlannedScan.of(
                        metadata,
                        parts.ownFiles(),
                        parts.files(),
                        request,
                        metadata.snapshot(plan.snapshotId().getAsLong()),
                        schema(metadata, plan),
                        mostValues));
    }

    private PlannedScan.Part first(TableMetadata metadata, ScanPlan plan, PlanTableScanRequest request) {
        return scan(metadata, plan, request)
                .map(PlannedScan::first)
                .orElseGet(() -> new PlannedScan.Part(List.of(), List.of()));
    }

    private static @Nullable List<String> told(ScanPlan plan, List<ScanPlace> places) {
        return places.isEmpty()
                ? null
                : places.stream()
                        .map(place -> new ScanPlace.Task(plan.id(), place).text())
                        .toList();
    }

    private <T> T atOnce(Supplier<T> work) {
        try {
            if (!atOnce.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new TarnException(
                        ErrorCode.OVERLOADED, "Too many scans are planned at this moment; try again in a while");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TarnException(ErrorCode.STOPPING, "The server stops; try again in a moment", e);
        }
        try {
            return work.get();
        } finally {
            atOnce.release();
        }
    }

    private static NoSuchPlanIdException missing(String id) {
        return new NoSuchPlanIdException("Plan does not exist, or not any more: %s", id);
    }

    private static NoSuchPlanTaskException noTask(FetchScanTasksRequest request) {
        return new NoSuchPlanTaskException("Plan task does not exist, or not any more: %s", request.planTask());
    }
}
