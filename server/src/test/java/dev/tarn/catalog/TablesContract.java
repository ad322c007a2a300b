package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.Caller;
import dev.tarn.access.TestAccess;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;

/** What tables do on every database. */
abstract class TablesContract extends CatalogContract {
    private static final String ORDERS = "iceberg.shop.orders";

    @Test
    void aTableIsMadeWithItsNamespaceAndRead() {
        long snapshot = world.write(server, ORDERS, WriteMode.CREATE, 1L, 2L, 3L);

        ReadableTable table = tables.read(admin, TableName.parse("shop.orders"));
        assertThat(World.rows(table)).containsExactly(1L, 2L, 3L);
        assertThat(table.snapshotId()).hasValue(snapshot);
        assertThat(table.table().location()).startsWith("file:/").doesNotStartWith("file://");
        TableDescription description = tables.describe(admin, TableName.parse("orders", List.of("shop")));
        assertThat(description.name().text()).isEqualTo(ORDERS);
        assertThat(description.format()).isEqualTo("iceberg");
        assertThat(description.rowCount()).hasValue(3);
        assertThat(description.fileCount()).hasValue(1);
        assertThat(description.sizeBytes().orElseThrow()).isPositive();
        assertThat(description.snapshotId()).hasValue(snapshot);
        assertThat(description.columns())
                .containsExactly(
                        new Column(1, "n", "BIGINT", true, Optional.empty()),
                        new Column(2, "text", "STRING", true, Optional.empty()));
        assertThat(tables.namespaces(admin, PageRequest.first()).items())
                .containsExactly(new NamespaceSummary("shop", 1));
    }

    @Test
    void aTableWithoutRowsHasColumns() {
        try (TableWrite write = tables.begin(admin, TableName.parse(ORDERS), WriteMode.CREATE)) {
            assertThat(write.existingSchema()).isEmpty();
            write.commit(World.NUMBERS, List.of());
        }

        assertThat(world.rows(server, ORDERS)).isEmpty();
        assertThat(tables.describe(admin, TableName.parse(ORDERS)).rowCount()).hasValue(0);
    }

    @Test
    void anAppendAddsAndAReplaceReplaces() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        String identity =
                tables.read(admin, TableName.parse(ORDERS)).table().uuid().toString();
        world.write(server, ORDERS, WriteMode.APPEND, 2L);
        world.write(server, ORDERS, WriteMode.APPEND, 3L);
        assertThat(world.rows(server, ORDERS)).containsExactly(1L, 2L, 3L);

        world.write(server, ORDERS, WriteMode.REPLACE, 9L);

        ReadableTable table = tables.read(admin, TableName.parse(ORDERS));
        assertThat(World.rows(table)).containsExactly(9L);
        assertThat(table.table().uuid()).hasToString(identity);
        assertThat(table.table().snapshots()).hasSize(4);
        assertThat(table.table().currentSnapshot().operation()).isEqualTo("overwrite");
        assertThat(tables.describe(admin, TableName.parse(ORDERS)).rowCount()).hasValue(1);
    }

    @Test
    void aReplaceWithOtherColumnsKeepsIdentityAndHistory() {
        long first = world.write(server, ORDERS, WriteMode.CREATE, 1L);
        String identity =
                tables.read(admin, TableName.parse(ORDERS)).table().uuid().toString();
        Schema other = new Schema(
                NestedField.optional(1, "text", Types.StringType.get()),
                NestedField.optional(2, "amount", Types.DoubleType.get()),
                NestedField.optional(3, "n", Types.LongType.get()));
        try (TableWrite write = tables.begin(admin, TableName.parse(ORDERS), WriteMode.REPLACE)) {
            write.commit(other, List.of(World.dataFile(write, 0, other, "a", "b")));
        }

        ReadableTable table = tables.read(admin, TableName.parse(ORDERS));
        assertThat(World.rows(table)).containsExactly("a", "b");
        assertThat(table.table().uuid()).hasToString(identity);
        assertThat(table.schema().findField("text").fieldId()).isEqualTo(2);
        assertThat(table.schema().findField("n").fieldId()).isEqualTo(1);
        assertThat(table.schema().findField("amount").fieldId()).isEqualTo(3);
        assertThat(table.table().snapshot(first)).isNotNull();

        world.write(server, "shop.other", WriteMode.CREATE, 5L);
        try (TableWrite write = tables.begin(admin, TableName.parse(ORDERS), WriteMode.REPLACE)) {
            write.commit(World.NUMBERS, List.of(World.dataFile(write, 0, World.NUMBERS, 7L)));
        }
        assertThat(world.rows(server, ORDERS)).containsExactly(7L);
    }

    @Test
    void aTableThatExistsIsNotMadeAgain() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);

        fails(ErrorCode.ALREADY_EXISTS, ORDERS, () -> world.write(server, ORDERS, WriteMode.CREATE, 2L));
        fails(ErrorCode.ALREADY_EXISTS, ORDERS, () -> world.write(server, "SHOP.Orders", WriteMode.CREATE, 2L));
    }

    @Test
    void aTableThatAppearsBetweenBeginAndCommitWins() {
        try (TableWrite write = tables.begin(admin, TableName.parse(ORDERS), WriteMode.CREATE)) {
            world.write(server, ORDERS, WriteMode.CREATE, 1L);
            WrittenFile file = World.dataFile(write, 0, World.NUMBERS, 2L);

            fails(ErrorCode.ALREADY_EXISTS, ORDERS, () -> write.commit(World.NUMBERS, List.of(file)));
        }

        assertThat(world.rows(server, ORDERS)).containsExactly(1L);
    }

    @Test
    void aWriteThatIsGivenUpLeavesNothing() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        for (WriteMode mode : List.of(WriteMode.APPEND, WriteMode.REPLACE)) {
            try (TableWrite write = tables.begin(admin, TableName.parse(ORDERS), mode)) {
                assertThat(World.dataFile(write, 0, World.NUMBERS, 2L).path()).exists();
            }
        }
        try (TableWrite write = tables.begin(admin, TableName.parse("new.table"), WriteMode.CREATE)) {
            assertThat(World.dataFile(write, 0, World.NUMBERS, 2L).path()).exists();
        }

        assertThat(world.rows(server, ORDERS)).containsExactly(1L);
        assertThat(tables.namespaces(admin, PageRequest.first()).items()).hasSize(1);
    }

    @Test
    void anAppendToATableThatWasDroppedOrMadeAnewFails() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        try (TableWrite write = tables.begin(admin, TableName.parse(ORDERS), WriteMode.APPEND)) {
            tables.drop(admin, TableName.parse(ORDERS));
            fails(ErrorCode.UNKNOWN_TABLE, "dropped", () -> write.commit(World.NUMBERS, List.of()));
        }
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        try (TableWrite write = tables.begin(admin, TableName.parse(ORDERS), WriteMode.REPLACE)) {
            tables.drop(admin, TableName.parse(ORDERS));
            world.write(server, ORDERS, WriteMode.CREATE, 2L);
            fails(ErrorCode.UNKNOWN_TABLE, "dropped", () -> write.commit(World.NUMBERS, List.of()));
        }
        assertThat(world.rows(server, ORDERS)).containsExactly(2L);
    }

    @Test
    void anAppendToColumnsThatChangedMeanwhileFails() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        Schema other = new Schema(NestedField.optional(1, "other", Types.StringType.get()));
        try (TableWrite append = tables.begin(admin, TableName.parse(ORDERS), WriteMode.APPEND)) {
            try (TableWrite replace = tables.begin(admin, TableName.parse(ORDERS), WriteMode.REPLACE)) {
                replace.commit(other, List.of(World.dataFile(replace, 0, other, "x")));
            }
            WrittenFile file = World.dataFile(append, 0, World.NUMBERS, 2L);
            fails(ErrorCode.CONFLICT, "changed during", () -> append.commit(World.NUMBERS, List.of(file)));
        }
        assertThat(world.rows(server, ORDERS)).containsExactly("x");
    }

    @Test
    void aPurgeLeavesNothing() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        world.write(server, ORDERS, WriteMode.APPEND, 2L);

        tables.purge(admin, TableName.parse("SHOP.ORDERS"));

        assertThat(world.files()).isEmpty();
        fails(ErrorCode.UNKNOWN_TABLE, ORDERS, () -> tables.describe(admin, TableName.parse(ORDERS)));
    }

    private void set(String property, String value) {
        new BaseTable(new TarnTableOperations(server.parts(), admin, TableName.parse(ORDERS), null), ORDERS)
                .updateProperties()
                .set(property, value)
                .commit();
    }

    @Test
    void oldMetadataFilesGoAway() {
        world.write(server, ORDERS, WriteMode.CREATE, 0L);
        set("write.metadata.previous-versions-max", "3");
        for (long i = 1; i <= 6; i++) {
            world.write(server, ORDERS, WriteMode.APPEND, i);
        }

        assertThat(world.rows(server, ORDERS)).hasSize(7);
        assertThat(world.files().stream().filter(file -> file.endsWith(".metadata.json")))
                .hasSize(4);
    }

    @Test
    void manifestsAreMergedAndNoneIsLeft() {
        world.write(server, ORDERS, WriteMode.CREATE, 0L);
        set("commit.manifest.min-count-to-merge", "4");
        for (long i = 1; i <= 9; i++) {
            world.write(server, ORDERS, WriteMode.APPEND, i);
        }

        assertThat(world.rows(server, ORDERS)).hasSize(10);
        assertThat(tables.read(admin, TableName.parse(ORDERS))
                        .table()
                        .currentSnapshot()
                        .allManifests(server.parts().files()))
                .hasSizeLessThan(5);
    }

    @Test
    void listsComeInPages() {
        for (String name : List.of("a.t1", "a.t2", "a.t3", "b.t1", "b.c.t1")) {
            world.write(server, name, WriteMode.CREATE, 1L);
        }
        List<String> names = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int pages = 0;
        do {
            Page<TableDescription> page = tables.tables(admin, Optional.empty(), new PageRequest(2, cursor));
            page.items().forEach(table -> names.add(table.name().text()));
            cursor = page.next();
            pages++;
        } while (cursor.isPresent());

        assertThat(pages).isEqualTo(3);
        assertThat(names)
                .containsExactly("iceberg.a.t1", "iceberg.a.t2", "iceberg.a.t3", "iceberg.b.t1", "iceberg.b.c.t1");
        assertThat(tables.tables(admin, Optional.of("A"), PageRequest.first(2)).items())
                .extracting(table -> table.name().table())
                .containsExactly("t1", "t2");
        Page<NamespaceSummary> first = tables.namespaces(admin, PageRequest.first(2));
        assertThat(first.items()).containsExactly(new NamespaceSummary("a", 3), new NamespaceSummary("b", 1));
        assertThat(tables.namespaces(admin, new PageRequest(2, first.next())).items())
                .containsExactly(new NamespaceSummary("b.c", 1));
        fails(
                ErrorCode.INVALID_REQUEST,
                "cursor",
                () -> tables.namespaces(admin, new PageRequest(2, Optional.of("nonsense!"))));
        fails(
                ErrorCode.UNKNOWN_NAMESPACE,
                "nowhere",
                () -> tables.tables(admin, Optional.of("nowhere"), PageRequest.first()));
    }

    @Test
    void anotherTenantSeesNothing() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        Caller other = world.access.anotherTenant();

        fails(ErrorCode.UNKNOWN_NAMESPACE, "shop", () -> tables.read(other, TableName.parse(ORDERS)));
        fails(
                ErrorCode.UNKNOWN_NAMESPACE,
                "shop",
                () -> tables.begin(other, TableName.parse(ORDERS), WriteMode.APPEND));
        fails(ErrorCode.UNKNOWN_NAMESPACE, "shop", () -> tables.drop(other, TableName.parse(ORDERS)));
        assertThat(tables.namespaces(other, PageRequest.first()).items()).isEmpty();
        assertThat(tables.tables(other, Optional.empty(), PageRequest.first()).items())
                .isEmpty();
        try (TableWrite write = tables.begin(other, TableName.parse(ORDERS), WriteMode.CREATE)) {
            assertThat(write.dataFolder().toString()).contains(other.tenantId().toString());
        }
    }

    @Test
    void nobodyMayDoAnything() {
        Caller nobody = TestAccess.nobody();
        TableName name = TableName.parse(ORDERS);

        fails(ErrorCode.UNAUTHENTICATED, "key", () -> tables.namespaces(nobody, PageRequest.first()));
        fails(ErrorCode.UNAUTHENTICATED, "key", () -> tables.tables(nobody, Optional.empty(), PageRequest.first()));
        fails(ErrorCode.UNAUTHENTICATED, "key", () -> tables.describe(nobody, name));
        fails(ErrorCode.UNAUTHENTICATED, "key", () -> tables.resolve(nobody, name));
        fails(ErrorCode.UNAUTHENTICATED, "key", () -> tables.read(nobody, name));
        fails(ErrorCode.UNAUTHENTICATED, "key", () -> tables.begin(nobody, name, WriteMode.CREATE));
        fails(ErrorCode.UNAUTHENTICATED, "key", () -> tables.drop(nobody, name));
        fails(ErrorCode.UNAUTHENTICATED, "key", () -> tables.purge(nobody, name));
    }

    @Test
    void everyWriteIsInTheAuditTrail() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        world.write(server, ORDERS, WriteMode.APPEND, 2L);
        world.write(server, ORDERS, WriteMode.REPLACE, 3L);
        tables.drop(admin, TableName.parse(ORDERS));

        assertThat(world.database
                        .client()
                        .sql("SELECT verb FROM audit_entries WHERE resource = ? ORDER BY at, entry_id")
                        .param("table:" + ORDERS)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("create", "insert", "drop", "drop");
    }

    @Test
    void aReaderKeepsWhatItBeganWith() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        ReadableTable before = tables.read(admin, TableName.parse(ORDERS));
        world.write(server, ORDERS, WriteMode.REPLACE, 2L);

        assertThat(World.rows(before)).containsExactly(1L);
        assertThat(world.rows(server, ORDERS)).containsExactly(2L);
    }

    @Test
    void aWriterThatWasTakenForDeadCannotCommit() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        try (TableWrite write = tables.begin(admin, TableName.parse(ORDERS), WriteMode.APPEND)) {
            WrittenFile file = World.dataFile(write, 0, World.NUMBERS, 2L);
            world.access.clock().advance(dev.tarn.storage.WriteIntents.LEASE.plusSeconds(1));
            byte[] bytes = bytes(file);
            assertThat(world.server().storage().intents().sweep()).isOne();
            restore(file, bytes);

            fails(ErrorCode.CONFLICT, "too long", () -> write.commit(World.NUMBERS, List.of(file)));
        }
        assertThat(world.rows(server, ORDERS)).containsExactly(1L);
    }

    private static byte[] bytes(WrittenFile file) {
        try {
            return java.nio.file.Files.readAllBytes(file.path());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void restore(WrittenFile file, byte[] bytes) {
        try {
            java.nio.file.Files.write(file.path(), bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
