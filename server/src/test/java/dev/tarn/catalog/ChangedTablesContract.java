package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.access.Caller;
import dev.tarn.access.NewGrant;
import dev.tarn.access.Resource;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.iceberg.BaseTable;
import org.junit.jupiter.api.Test;

/** What becomes of tables and namespaces that are changed, on each database. */
abstract class ChangedTablesContract extends CatalogContract {
    private static final TableName ORDERS = TableName.parse("iceberg.shop.orders");

    private Namespaces namespaces() {
        return new Namespaces(server.parts(), tables);
    }

    private List<String> columns(TableName table) {
        return tables.describe(admin, table).columns().stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }

    @Test
    void severalChangesOfColumnsAreOneCommitOrNone() {
        world.write(server, ORDERS.text(), WriteMode.CREATE, 1L, 2L);
        SchemaEdit more = new SchemaEdit.Add("more", "INT", Optional.of("said"));
        SchemaEdit wrong = new SchemaEdit.Widen("n", "INT");
        fails(ErrorCode.INVALID_REQUEST, "", () -> tables.alterColumns(admin, ORDERS, List.of(more, wrong)));
        assertThat(columns(ORDERS)).containsExactly("n BIGINT", "text STRING");
        tables.alterColumns(
                admin,
                ORDERS,
                List.of(more, new SchemaEdit.Move("more", Optional.of("n")), new SchemaEdit.Rename("TEXT", "words")));
        assertThat(columns(ORDERS)).containsExactly("n BIGINT", "more INT", "words STRING");
        assertThat(world.rows(server, ORDERS.text())).containsExactly(1L, 2L);
        tables.alterColumns(
                admin, ORDERS, List.of(new SchemaEdit.Widen("more", "BIGINT"), new SchemaEdit.Drop("words")));
        assertThat(columns(ORDERS)).containsExactly("n BIGINT", "more BIGINT");
        assertThat(world.intents()).isZero();
    }

    @Test
    void aTableTakesANameThatIsFree() {
        world.write(server, ORDERS.text(), WriteMode.CREATE, 1L);
        world.write(server, "iceberg.shop.taken", WriteMode.CREATE, 2L);
        for (String taken : List.of("shop.taken", "shop.TAKEN", "SHOP.Taken")) {
            fails(ErrorCode.ALREADY_EXISTS, "", () -> tables.rename(admin, ORDERS, TableName.parse(taken)));
        }
        fails(ErrorCode.UNKNOWN_NAMESPACE, "", () -> tables.rename(admin, ORDERS, TableName.parse("nowhere.orders")));
        namespaces().create(admin, List.of("archive", "old"));
        tables.rename(admin, ORDERS, TableName.parse("archive.old.orders"));
        assertThat(world.rows(server, "iceberg.archive.old.orders")).containsExactly(1L);
        fails(ErrorCode.UNKNOWN_TABLE, "", () -> tables.read(admin, ORDERS));
        world.write(server, ORDERS.text(), WriteMode.CREATE, 3L);
        assertThat(world.rows(server, "iceberg.archive.old.orders")).containsExactly(1L);
    }

    @Test
    void aNamespaceIsMadeOnceAndRemovedWhenItIsEmpty() {
        namespaces().create(admin, List.of("shop"));
        for (String again : List.of("shop", "Shop")) {
            fails(ErrorCode.ALREADY_EXISTS, "", () -> namespaces().create(admin, List.of(again)));
        }
        fails(ErrorCode.INVALID_REQUEST, "", () -> namespaces().create(admin, List.of("pg_catalog")));
        world.write(server, ORDERS.text(), WriteMode.CREATE, 1L);
        fails(ErrorCode.NOT_EMPTY, "", () -> namespaces().drop(admin, List.of("shop")));
        tables.drop(admin, ORDERS);
        namespaces().drop(admin, List.of("SHOP"));
        fails(ErrorCode.UNKNOWN_NAMESPACE, "", () -> namespaces().drop(admin, List.of("shop")));
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        world.write(server, ORDERS.text(), WriteMode.CREATE, 1L);
        Caller other = world.access.anotherTenant();
        fails(
                ErrorCode.UNKNOWN_NAMESPACE,
                "",
                () -> tables.alterColumns(other, ORDERS, List.of(new SchemaEdit.Drop("n"))));
        fails(ErrorCode.UNKNOWN_NAMESPACE, "", () -> tables.rename(other, ORDERS, TableName.parse("shop.x")));
        fails(ErrorCode.UNKNOWN_NAMESPACE, "", () -> namespaces().drop(other, List.of("shop")));
        namespaces().create(other, List.of("shop"));
        assertThat(world.rows(server, ORDERS.text())).containsExactly(1L);
    }

    private Optional<List<String>> granted(String to) {
        return world.access
                .grants()
                .list(
                        admin,
                        Optional.of(to),
                        Optional.of("table:" + ORDERS.text()),
                        new PageRequest(10, Optional.empty()))
                .items()
                .getFirst()
                .columns();
    }

    private Caller grant(String to, String... columns) {
        Caller caller = world.access.user(admin, to);
        world.access
                .grants()
                .create(
                        admin,
                        new NewGrant(
                                to,
                                "select",
                                "table:" + ORDERS.text(),
                                Optional.of(List.of(columns)),
                                Optional.empty()));
        return caller;
    }

    @Test
    void listsOfColumnsFollowTheirColumns() {
        world.write(server, ORDERS.text(), WriteMode.CREATE, 1L);
        grant("ann", "N");
        grant("bob", "n", "text");
        Caller eve = grant("eve", "text", "later");
        tables.alterColumns(admin, ORDERS, List.of(new SchemaEdit.Rename("n", "number")));
        assertThat(granted("ann")).contains(List.of("number"));
        assertThat(granted("bob")).contains(List.of("number", "text"));

        // What is made under a name that was granted once, or is renamed to one, is another column.
        tables.alterColumns(
                admin,
                ORDERS,
                List.of(
                        new SchemaEdit.Add("n", "STRING", Optional.empty()),
                        new SchemaEdit.Add("later", "STRING", Optional.empty())));
        assertThat(granted("ann")).contains(List.of("number"));
        assertThat(granted("eve")).contains(List.of("text"));
        tables.alterColumns(admin, ORDERS, List.of(new SchemaEdit.Drop("text")));
        tables.alterColumns(admin, ORDERS, List.of(new SchemaEdit.Rename("later", "text")));
        assertThat(granted("bob")).contains(List.of("number"));
        assertThat(granted("eve")).contains(List.of());
        assertThat(tables.describe(eve, ORDERS).columns()).isEmpty();
        assertThat(world.access
                        .access()
                        .tableRights(eve, Resource.table(ORDERS.text()))
                        .has("text"))
                .isFalse();

        // Names that go round are followed all at once, whoever commits.
        new BaseTable(new TarnTableOperations(server.parts(), admin, ORDERS, null), ORDERS.text())
                .updateSchema()
                .renameColumn("number", "n")
                .renameColumn("n", "number")
                .commit();
        assertThat(granted("ann")).contains(List.of("n"));
        assertThat(world.database
                        .client()
                        .sql("SELECT count(*) FROM audit_entries WHERE verb = 'grant' AND details LIKE '%before%'")
                        .query(Long.class)
                        .single())
                .isEqualTo(7);
    }

    @Test
    void aChangeThatDoesNotHappenChangesNoGrant() {
        world.write(server, ORDERS.text(), WriteMode.CREATE, 1L);
        grant("ann", "n");
        CatalogCommits commits = new CatalogCommits(server.parts(), new Views(server.parts(), world.access.clock()));
        assertThatThrownBy(() -> commits.with(admin, () -> {
                            throw new IllegalStateException("No");
                        })
                        .tables()
                        .alterColumns(admin, ORDERS, List.of(new SchemaEdit.Rename("n", "number"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(granted("ann")).contains(List.of("n"));
        try (StagedCatalog staged = commits.staged(admin)) {
            staged.tables().alterColumns(admin, ORDERS, List.of(new SchemaEdit.Rename("n", "number")));
            assertThat(granted("ann")).contains(List.of("n"));
            assertThat(staged.commit(() -> {})).isTrue();
        }
        assertThat(granted("ann")).contains(List.of("number"));
    }

    @Test
    void aBranchMovesAlone() {
        world.write(server, ORDERS.text(), WriteMode.CREATE, 1L);
        TableVersion work = new TableVersion.Named("work");
        fails(ErrorCode.NOT_FOUND, "no branch work", () -> tables.begin(admin, ORDERS, WriteMode.APPEND, work));
        new TableChanges(server.parts(), tables)
                .alter(
                        admin,
                        ORDERS,
                        new TableEdit.SetReference(
                                false,
                                "work",
                                TableEdit.Existing.REFUSED,
                                OptionalLong.empty(),
                                Optional.empty(),
                                OptionalInt.empty(),
                                Optional.empty()));
        long first = written(WriteMode.APPEND, work, 2L);
        written(WriteMode.APPEND, TableVersion.NEWEST, 3L);
        assertThat(World.rows(tables.read(admin, ORDERS, work))).containsExactly(1L, 2L);
        assertThat(world.rows(server, ORDERS.text())).containsExactly(1L, 3L);
        long second = written(WriteMode.OVERWRITE, work, 4L);
        assertThat(World.rows(tables.read(admin, ORDERS, work))).containsExactly(4L);
        assertThat(tables.read(admin, ORDERS, work).snapshotId()).hasValue(second);
        assertThat(World.rows(tables.read(admin, ORDERS, new TableVersion.OfSnapshot(first))))
                .containsExactly(1L, 2L);
        assertThat(world.rows(server, ORDERS.text())).containsExactly(1L, 3L);
    }

    private long written(WriteMode mode, TableVersion version, Long number) {
        try (TableWrite write = tables.begin(admin, ORDERS, mode, version)) {
            return write.commit(World.NUMBERS, List.of(World.dataFile(write, 0, World.NUMBERS, number)));
        }
    }
}
