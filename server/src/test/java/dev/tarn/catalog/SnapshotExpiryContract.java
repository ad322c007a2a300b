package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.Caller;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.storage.Readers;
import dev.tarn.storage.WriteIntents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.requests.FetchScanTasksRequest;
import org.apache.iceberg.rest.requests.PlanTableScanRequest;
import org.apache.iceberg.rest.responses.PlanTableScanResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old versions that go, and exactly their files, on both databases. */
abstract class SnapshotExpiryContract extends CatalogContract {
    private static final String ORDERS = "iceberg.shop.orders";
    private static final TableName NAME = TableName.parse(ORDERS);

    private SnapshotExpiry expiry;

    @BeforeEach
    void findExpiry() {
        expiry = expiry(server);
    }

    private SnapshotExpiry expiry(World.Server process) {
        return new SnapshotExpiry(process.parts(), process.tables(), new JdbcScanPlanStore(world.database));
    }

    private Expiry expire(int retainLast) {
        return expiry.expire(admin, NAME, OptionalInt.of(retainLast), Optional.empty(), new Cancellation());
    }

    private void append(long... numbers) {
        for (long number : numbers) {
            world.write(server, ORDERS, number == 1 ? WriteMode.CREATE : WriteMode.APPEND, number);
        }
    }

    private void overwrite(long... numbers) {
        for (long number : numbers) {
            world.write(server, ORDERS, number == 1 ? WriteMode.CREATE : WriteMode.OVERWRITE, number);
        }
    }

    private TableMetadata metadata() {
        return tables.open(admin, dev.tarn.access.Verb.DESCRIBE, NAME).metadata();
    }

    private void edit(TableEdit edit) {
        new TableChanges(server.parts(), tables).alter(admin, NAME, edit);
    }

    private void name(String reference, boolean tag, long snapshot) {
        edit(new TableEdit.SetReference(
                tag,
                reference,
                TableEdit.Existing.REFUSED,
                OptionalLong.of(snapshot),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty()));
    }

    private List<Object> rows(TableVersion version) {
        return World.rows(tables.read(admin, NAME, version));
    }

    @Test
    void byCountAloneTheLastOnesStay() {
        append(1, 2, 3, 4, 5);

        Expiry told = expire(2);

        assertThat(told.expired()).isEqualTo(3);
        assertThat(told.remaining()).isEqualTo(2);
        assertThat(told.dataFiles()).isZero();
        assertThat(told.manifestLists()).isEqualTo(3);
        assertThat(told.waiting()).isZero();
        assertThat(rows(TableVersion.NEWEST)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(metadata().snapshots()).hasSize(2);
        assertThat(expire(2).expired()).isZero();
    }

    @Test
    void filesThatNoVersionHasGoAndAreCounted() {
        overwrite(1, 2, 3, 4);
        Set<String> before = world.files();

        Expiry previewed = expiry.preview(admin, NAME, OptionalInt.of(2), Optional.empty(), new Cancellation());
        assertThat(world.files()).isEqualTo(before);
        assertThat(metadata().snapshots()).hasSize(4);
        Expiry told = expire(2);

        assertThat(told).isEqualTo(previewed);
        assertThat(told.dataFiles()).isEqualTo(2);
        assertThat(told.files()).isEqualTo(told.dataFiles() + told.manifests() + told.manifestLists());
        Set<String> gone = new TreeSet<>(before);
        gone.removeAll(world.files());
        assertThat(told.files()).isEqualTo(gone.size());
        assertThat(rows(TableVersion.NEWEST)).containsExactly(4L);
        assertThat(rows(new TableVersion.OfSnapshot(
                        metadata().snapshots().getFirst().snapshotId())))
                .containsExactly(3L);
    }

    @Test
    void whatTagsAndBranchesNameStays() {
        overwrite(1, 2, 3);
        long first = metadata().snapshots().getFirst().snapshotId();
        name("kept", true, first);
        name("side", false, first);
        try (TableWrite write = tables.begin(admin, NAME, WriteMode.APPEND, new TableVersion.Named("side"))) {
            write.commit(World.NUMBERS, List.of(World.dataFile(write, 0, World.NUMBERS, 7L)));
        }
        overwrite(4, 5);

        assertThat(expire(1).remaining()).isEqualTo(3);

        assertThat(rows(TableVersion.NEWEST)).containsExactly(5L);
        assertThat(rows(new TableVersion.Named("kept"))).containsExactly(1L);
        assertThat(rows(new TableVersion.Named("side"))).containsExactly(1L, 7L);
        edit(new TableEdit.DropReference(true, "kept", false));
        assertThat(expire(1).expired()).isEqualTo(1);
        assertThat(rows(new TableVersion.Named("side"))).containsExactly(1L, 7L);
        edit(new TableEdit.DropReference(false, "side", false));
        assertThat(expire(1).dataFiles()).isEqualTo(2);
    }

    @Test
    void ageKeepsToo() {
        append(1, 2, 3);
        Instant early = Instant.ofEpochMilli(metadata().snapshots().getFirst().timestampMillis());
        Optional<Instant> none = Optional.of(early.minusSeconds(1));
        assertThat(expiry.expire(admin, NAME, OptionalInt.of(1), none, new Cancellation())
                        .expired())
                .isZero();
        assertThat(expiry.expire(admin, NAME, OptionalInt.empty(), Optional.empty(), new Cancellation())
                        .expired())
                .isZero();
        Optional<Instant> all = Optional.of(early.plusSeconds(3600));
        assertThat(expiry.expire(admin, NAME, OptionalInt.of(2), all, new Cancellation())
                        .expired())
                .isEqualTo(1);
        assertThat(expiry.expire(admin, NAME, OptionalInt.empty(), all, new Cancellation())
                        .expired())
                .isEqualTo(1);
    }

    @Test
    void keepsWhatIcebergKeeps() {
        Random random = new Random(8);
        append(1);
        for (int round = 0; round < 16; round++) {
            append(2);
            List<Snapshot> all = metadata().snapshots();
            if (random.nextInt(3) == 0) {
                name(
                        "ref" + round,
                        random.nextBoolean(),
                        all.get(random.nextInt(all.size())).snapshotId());
            }
        }
        edit(new TableEdit.SetProperties(Map.of("history.expire.min-snapshots-to-keep", "3")));
        TableMetadata now = metadata();
        long middle = now.snapshots().get(8).timestampMillis();
        for (OptionalInt last : List.of(OptionalInt.empty(), OptionalInt.of(1), OptionalInt.of(5))) {
            for (Optional<Long> older : List.of(Optional.<Long>empty(), Optional.of(middle), Optional.of(middle * 2))) {
                ExpireSnapshots asked = new BaseTable(
                                new TarnTableOperations(server.parts(), admin, NAME, null), ORDERS)
                        .expireSnapshots();
                last.ifPresent(asked::retainLast);
                older.ifPresent(asked::expireOlderThan);
                if (last.isPresent() && older.isEmpty()) {
                    asked.expireOlderThan(Long.MAX_VALUE);
                }
                Set<Long> theirs =
                        asked.apply().stream().map(Snapshot::snapshotId).collect(Collectors.toSet());
                Retention ours = new Retention(
                        last, older.map(Instant::ofEpochMilli), Instant.ofEpochMilli(now.lastUpdatedMillis() + 1));
                assertThat(ours.of(now, Set.of()).snapshots()).isEqualTo(theirs);
            }
        }
        assertThat(expire(2).expired()).isPositive();
    }

    @Test
    void aReaderOfThisServerKeepsFilesUntilItEnds() {
        overwrite(1, 2);
        Readers.Registered reading = server.storage().readers().begin();
        ReadableTable read = tables.read(admin, NAME);
        overwrite(3);

        assertThat(expire(1).waiting()).isPositive();

        assertThat(World.rows(read)).containsExactly(2L);
        overwrite(4);
        assertThat(expire(1).waiting()).isPositive();
        reading.close();
        server.storage().doomed().sweep();
        assertThat(world.files()).isEqualTo(world.knownFiles(server));
    }

    @Test
    void aReaderOfAnotherServerKeepsFilesUntilItEndsOrItsServerIsSilent() {
        World.Server other = world.server();
        other.storage().renew();
        overwrite(1, 2);
        Readers.Registered reading = other.storage().readers().begin();
        ReadableTable read = other.tables().read(admin, NAME);
        overwrite(3);

        assertThat(expire(1).waiting()).isPositive();

        other.storage().renew();
        server.storage().doomed().sweep();
        assertThat(World.rows(read)).containsExactly(2L);
        Readers.Registered later = other.storage().readers().begin();
        reading.close();
        other.storage().renew();
        server.storage().doomed().sweep();
        assertThat(world.files()).isEqualTo(world.knownFiles(server));
        overwrite(4);
        expire(1);
        assertThat(world.files()).isNotEqualTo(world.knownFiles(server));
        world.access.clock().advance(WriteIntents.LEASE.plusSeconds(1));
        server.storage().doomed().sweep();
        assertThat(world.files()).isEqualTo(world.knownFiles(server));
        later.close();
    }

    @Test
    void aPlanOfAScanKeepsItsVersion() {
        overwrite(1, 2);
        ScanPlans plans = new ScanPlans(server.parts(), new JdbcScanPlanStore(world.database), 1);
        TableIdentifier table = TableIdentifier.of("shop", "orders");
        PlanTableScanResponse plan =
                plans.plan(admin, table, PlanTableScanRequest.builder().build());
        overwrite(3, 4);

        assertThat(expire(1).expired()).isEqualTo(2);

        assertThat(plans.result(admin, table, plan.planId()).fileScanTasks())
                .allMatch(task ->
                        Files.exists(server.parts().warehouse().path(task.file().location())));
        for (String more : Optional.ofNullable(plan.planTasks()).orElse(List.of())) {
            assertThat(plans.tasks(admin, table, new FetchScanTasksRequest(more))
                            .fileScanTasks())
                    .isNotEmpty();
        }
        world.access.clock().advance(Duration.ofHours(1).plusSeconds(1));
        assertThat(expire(1).expired()).isEqualTo(1);
    }

    @Test
    void whatIsNotInsideTheTablesLocationStays() throws Exception {
        TarnCatalog catalog = new TarnCatalog(server.parts(), admin);
        Path granted = folder.resolve("granted");
        catalog.createNamespace(Namespace.of("far"), Map.of());
        Table far = catalog.buildTable(TableIdentifier.of("far", "t"), World.NUMBERS)
                .withLocation("file:" + granted.resolve("t"))
                .create();
        Path outside = Files.createDirectories(granted.resolve("shared")).resolve("a.parquet");
        Path inside = Files.createDirectories(granted.resolve("t/data")).resolve("b.parquet");
        Path behind = Files.createSymbolicLink(granted.resolve("t/link"), granted.resolve("shared"))
                .resolve("c.parquet");
        for (Path file : List.of(outside, inside, behind)) {
            Files.writeString(file, "rows");
            far.newAppend().appendFile(file(file)).commit();
        }
        far.newDelete()
                .deleteFile(file(outside))
                .deleteFile(file(inside))
                .deleteFile(file(behind))
                .commit();

        Expiry told =
                expiry.expire(admin, TableName.parse("far.t"), OptionalInt.of(1), Optional.empty(), new Cancellation());

        assertThat(told.dataFiles()).isEqualTo(3);
        assertThat(told.waiting()).isZero();
        assertThat(Files.exists(outside)).isTrue();
        assertThat(Files.exists(behind)).isTrue();
        assertThat(Files.exists(inside)).isFalse();
        tables.drop(admin, TableName.parse("far.t"));
    }

    private static DataFile file(Path path) {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath("file://" + path)
                .withFileSizeInBytes(4)
                .withRecordCount(1)
                .withFormat("parquet")
                .build();
    }

    @Test
    void whoDoesNotLookAfterTheTableIsRefused() {
        append(1, 2);
        fails(ErrorCode.INVALID_REQUEST, "retain_last must be 1 or more, not 0", () -> expire(0));
        Caller ann = world.access.user(admin, "ann");
        Caller other = world.access.anotherTenant();
        for (Caller caller : List.of(ann, other)) {
            fails(
                    ErrorCode.UNKNOWN_NAMESPACE,
                    "",
                    () -> expiry.expire(caller, NAME, OptionalInt.of(1), Optional.empty(), new Cancellation()));
        }
        Caller nobody = new Caller.Anonymous(Caller.Origin.LOCAL);
        fails(
                ErrorCode.UNAUTHENTICATED,
                "",
                () -> expiry.preview(nobody, NAME, OptionalInt.of(1), Optional.empty(), new Cancellation()));
        Cancellation cancelled = new Cancellation();
        cancelled.request();
        fails(
                ErrorCode.STATEMENT_CANCELLED,
                "",
                () -> expiry.expire(admin, NAME, OptionalInt.of(1), Optional.empty(), cancelled));
        assertThat(metadata().snapshots()).hasSize(2);
    }

    @Test
    void besideAppendsOfAnotherServerNothingIsLost() {
        append(1);
        World.Server other = world.server();
        CompletableFuture<Void> appends = CompletableFuture.runAsync(() -> {
            for (long number = 2; number <= 15; number++) {
                world.write(other, ORDERS, WriteMode.APPEND, number);
            }
        });
        do {
            expire(1);
        } while (!appends.isDone());
        appends.join();
        expire(1);
        other.storage().renew();
        server.storage().doomed().sweep();
        assertThat(rows(TableVersion.NEWEST)).isEqualTo(List.of((Object[]) World.numbers(1, 16)));
    }
}
