package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.Caller;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.storage.Readers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that nobody names go, and no other, on both databases. */
abstract class OrphanFilesContract extends CatalogContract {
    private static final String ORDERS = "iceberg.shop.orders";
    private static final TableName NAME = TableName.parse(ORDERS);

    private OrphanFiles orphans;

    @BeforeEach
    void findOrphans() {
        orphans = new OrphanFiles(server.parts(), tables);
    }

    private Path table() {
        return server.parts().warehouse().path(tables.read(admin, NAME).table().location());
    }

    private Path old(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "rows");
        return age(file);
    }

    /** Four days before the tests' clock. */
    private Path age(Path file) throws IOException {
        return Files.setLastModifiedTime(
                file, FileTime.from(world.access.clock().instant().minus(Duration.ofDays(4))));
    }

    private void ageAll() throws IOException {
        for (String file : world.files()) {
            age(server.parts().warehouse().path(file));
        }
    }

    private Orphans find() {
        return orphans.find(admin, NAME, Optional.empty(), new Cancellation());
    }

    private Orphans remove() {
        return orphans.remove(admin, NAME, Optional.empty(), new Cancellation());
    }

    @Test
    void oldFilesThatNobodyNamesGo() throws IOException {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        world.write(server, ORDERS, WriteMode.OVERWRITE, 2L);
        world.write(server, ORDERS, WriteMode.APPEND, 3L);
        ageAll();
        Path table = table();
        old(table.resolve("data/left.parquet"));
        old(table.resolve("data/day=1/left.parquet"));
        old(table.resolve("data/_day=1/left.parquet"));
        old(table.resolve("metadata/left.avro"));
        Path young = Files.writeString(table.resolve("data/young.parquet"), "rows");
        Files.setLastModifiedTime(
                young, FileTime.from(world.access.clock().instant().minus(Duration.ofDays(2))));
        Path hidden = old(table.resolve("data/_temporary/left.parquet"));
        Path elsewhere = old(folder.resolve("elsewhere/a.parquet"));
        Path link = Files.createSymbolicLink(table.resolve("data/link"), elsewhere.getParent());

        Orphans found = find();

        assertThat(found.count()).isEqualTo(4);
        assertThat(found.bytes()).isEqualTo(16);
        assertThat(found.files())
                .containsExactlyInAnyOrder(
                        "data/left.parquet",
                        "data/day=1/left.parquet",
                        "data/_day=1/left.parquet",
                        "metadata/left.avro");
        assertThat(Files.exists(table.resolve("data/left.parquet"))).isTrue();
        assertThat(remove()).isEqualTo(found);
        assertThat(Files.exists(table.resolve("data/left.parquet"))).isFalse();
        assertThat(elsewhere).exists();
        assertThat(world.rows(server, ORDERS)).containsExactly(2L, 3L);
        assertThat(remove().count()).isZero();
        for (Path extra : List.of(young, hidden, link)) {
            Files.delete(extra);
        }
    }

    @Test
    void whatAWriteIsAboutToCommitStays() throws IOException {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        try (TableWrite write = world.server().tables().begin(admin, NAME, WriteMode.APPEND)) {
            WrittenFile file = World.dataFile(write, 0, World.NUMBERS, 2L);
            Files.createDirectories(write.ownFolder());
            age(file.path());
            assertThat(remove().count()).isZero();
            write.commit(World.NUMBERS, List.of(file));
            age(file.path());
        }
        assertThat(remove().count()).isZero();
        assertThat(world.rows(server, ORDERS)).containsExactly(1L, 2L);
    }

    @Test
    void filesThatWaitAreNoOrphansAndWhatIsReadStays() throws IOException {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        world.write(server, ORDERS, WriteMode.OVERWRITE, 2L);
        ageAll();
        Readers.Registered reading = server.storage().readers().begin();
        new SnapshotExpiry(server.parts(), tables, new JdbcScanPlanStore(world.database))
                .expire(admin, NAME, OptionalInt.of(1), Optional.empty(), new Cancellation());
        assertThat(find().count()).isZero();
        Path left = old(table().resolve("data/left.parquet"));

        Orphans removed = remove();

        assertThat(removed.count()).isEqualTo(1);
        assertThat(removed.waiting()).isGreaterThan(1);
        assertThat(left).exists();
        reading.close();
        server.storage().doomed().sweep();
        assertThat(left).doesNotExist();
    }

    @Test
    void whereOthersMayHaveFilesNoneGoes() throws IOException {
        TarnCatalog catalog = new TarnCatalog(server.parts(), admin);
        Path granted = folder.resolve("granted");
        catalog.createNamespace(Namespace.of("far"), Map.of());
        Table far = catalog.buildTable(TableIdentifier.of("far", "t"), World.NUMBERS)
                .withLocation("file:" + granted.resolve("t"))
                .create();
        TableName name = TableName.parse("far.t");
        Path left = old(granted.resolve("t/data/left.parquet"));
        Path other = old(granted.resolve("t/metadata/v1.metadata.json"));
        assertThat(orphans.find(admin, name, Optional.empty(), new Cancellation())
                        .count())
                .isEqualTo(2);
        fails(
                ErrorCode.INVALID_REQUEST,
                "also one of another catalog",
                () -> orphans.remove(admin, name, Optional.empty(), new Cancellation()));
        assertThat(left).exists();
        Files.delete(other);
        assertThat(orphans.remove(admin, name, Optional.empty(), new Cancellation())
                        .count())
                .isEqualTo(1);
        assertThat(left).doesNotExist();
        far.refresh();
        server.parts()
                .database()
                .inTransaction(() -> server.parts()
                        .store()
                        .insert(
                                admin.tenantId(),
                                new Pointer(
                                        "far",
                                        "inside",
                                        Pointer.Kind.TABLE,
                                        "file:" + granted.resolve("t/x/metadata/y.metadata.json"))));
        fails(
                ErrorCode.INVALID_REQUEST,
                "Another table has its files inside",
                () -> orphans.find(admin, name, Optional.empty(), new Cancellation()));
        tables.drop(admin, name);
        server.parts()
                .database()
                .inTransaction(() -> server.parts()
                        .store()
                        .remove(
                                admin.tenantId(),
                                new Pointer(
                                        "far",
                                        "inside",
                                        Pointer.Kind.TABLE,
                                        "file:" + granted.resolve("t/x/metadata/y.metadata.json"))));
    }

    @Test
    void whatIsTooYoungAndWhoDoesNotLookAfterItAreRefused() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        fails(
                ErrorCode.INVALID_REQUEST,
                "at least a day ago",
                () -> orphans.remove(
                        admin,
                        NAME,
                        Optional.of(world.access.clock().instant().minus(Duration.ofHours(23))),
                        new Cancellation()));
        for (Caller caller : List.of(world.access.user(admin, "ann"), world.access.anotherTenant())) {
            fails(
                    ErrorCode.UNKNOWN_NAMESPACE,
                    "",
                    () -> orphans.find(caller, NAME, Optional.empty(), new Cancellation()));
        }
        fails(
                ErrorCode.UNAUTHENTICATED,
                "",
                () -> orphans.remove(
                        new Caller.Anonymous(Caller.Origin.LOCAL), NAME, Optional.empty(), new Cancellation()));
    }

    @Test
    void aTableGoesBackToWhereItHasComeFrom() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        long first = tables.read(admin, NAME).snapshotId().getAsLong();
        world.write(server, ORDERS, WriteMode.OVERWRITE, 2L);
        long second = tables.read(admin, NAME).snapshotId().getAsLong();
        TableChanges changes = new TableChanges(server.parts(), tables);

        changes.alter(admin, NAME, new TableEdit.Rollback(first));

        assertThat(world.rows(server, ORDERS)).containsExactly(1L);
        fails(
                ErrorCode.INVALID_REQUEST,
                "not one that the newest has come from",
                () -> changes.alter(admin, NAME, new TableEdit.Rollback(second)));
        fails(ErrorCode.NOT_FOUND, "no version 7", () -> changes.alter(admin, NAME, new TableEdit.Rollback(7)));
        changes.alter(admin, NAME, new TableEdit.Rollback(first));
        world.write(server, ORDERS, WriteMode.APPEND, 3L);
        assertThat(world.rows(server, ORDERS)).containsExactly(1L, 3L);
    }
}
