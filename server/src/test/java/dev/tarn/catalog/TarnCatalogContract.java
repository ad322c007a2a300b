package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.access.Caller;
import dev.tarn.access.NewGrant;
import dev.tarn.access.Resource;
import dev.tarn.access.TableRights;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.view.View;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Iceberg's interface to a tenant's tables does on every database. */
abstract class TarnCatalogContract {
    private static final Namespace SHOP = Namespace.of("shop");
    private static final TableIdentifier ORDERS = TableIdentifier.of(SHOP, "orders");
    private static final TableIdentifier SALES = TableIdentifier.of(SHOP, "sales");

    @TempDir
    Path folder;

    private World world;
    private World.Server server;
    private TarnCatalog catalog;

    abstract Database open(Path home);

    @BeforeEach
    void open() {
        world = new World(open(folder), folder);
        server = world.server();
        catalog = new TarnCatalog(server.parts(), world.admin);
    }

    @AfterEach
    void nothingIsUnderWay() {
        assertThat(world.intents()).isZero();
        world.close();
    }

    private Table orders() {
        catalog.createNamespace(SHOP, Map.of());
        return catalog.createTable(ORDERS, World.NUMBERS);
    }

    private int grantsOn(String resource) {
        return world.access
                .grants()
                .list(world.admin, Optional.empty(), Optional.of(resource), PageRequest.first())
                .items()
                .size();
    }

    @Test
    void namespacesAreMadeDescribedAndDropped() {
        catalog.createNamespace(SHOP, Map.of("owner", "ada"));
        catalog.createNamespace(Namespace.of("shop", "eu"), Map.of());
        catalog.createNamespace(Namespace.of("shop_x"), Map.of());

        assertThat(catalog.listNamespaces(Namespace.empty())).containsExactly(SHOP, Namespace.of("shop_x"));
        assertThat(catalog.listNamespaces(SHOP)).containsExactly(Namespace.of("shop", "eu"));
        assertThat(catalog.loadNamespaceMetadata(SHOP)).isEqualTo(Map.of("owner", "ada"));
        catalog.setProperties(SHOP, Map.of("owner", "bob", "note", "x"));
        catalog.removeProperties(SHOP, Set.of("note"));
        assertThat(catalog.loadNamespaceMetadata(SHOP)).isEqualTo(Map.of("owner", "bob"));
        assertThatThrownBy(() -> catalog.createNamespace(SHOP, Map.of())).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> catalog.dropNamespace(SHOP)).isInstanceOf(NamespaceNotEmptyException.class);
        assertThat(catalog.dropNamespace(Namespace.of("shop", "eu"))).isTrue();
        assertThat(grantsOn("namespace:iceberg.shop")).isEqualTo(1);
        assertThat(catalog.dropNamespace(SHOP)).isTrue();
        // Whoever makes one of that name later is its owner, and nobody else.
        assertThat(grantsOn("namespace:iceberg.shop")).isZero();
        assertThat(catalog.dropNamespace(SHOP)).isFalse();
        assertThatThrownBy(() -> catalog.listTables(SHOP)).isInstanceOf(NoSuchNamespaceException.class);
        assertThatThrownBy(() -> catalog.createNamespace(Namespace.of("a.b"), Map.of()))
                .isInstanceOf(TarnException.class);
    }

    @Test
    void aTableNeedsItsNamespace() {
        assertThatThrownBy(() -> catalog.createTable(ORDERS, World.NUMBERS))
                .isInstanceOf(NoSuchNamespaceException.class);
        assertThat(world.files()).isEmpty();
    }

    @Test
    void tablesChangeAreRenamedAndDropped() {
        Table table = orders();
        table.updateSchema().addColumn("more", Types.DateType.get()).commit();
        table.updateProperties().set("note", "x").commit();
        assertThat(catalog.loadTable(ORDERS).schema().findField("more")).isNotNull();
        assertThat(world.files()).isEqualTo(world.knownFiles(server));
        assertThatThrownBy(() -> catalog.createTable(ORDERS, World.NUMBERS)).isInstanceOf(AlreadyExistsException.class);

        Caller viewer = world.access.user(world.admin, "reader", "Viewer");
        world.access
                .grants()
                .create(
                        world.admin,
                        new NewGrant(
                                "reader",
                                "select",
                                "table:iceberg.shop.orders",
                                Optional.empty(),
                                Optional.of("id > 1")));

        catalog.renameTable(ORDERS, SALES);

        assertThat(world.access.access().tableRights(viewer, Resource.table("iceberg.shop.sales")))
                .as("what was granted, with its limits")
                .isEqualTo(new TableRights(List.of(new TableRights.Part(Optional.empty(), Optional.of("id > 1")))));
        assertThat(catalog.listTables(SHOP)).containsExactly(SALES);
        assertThatThrownBy(() -> catalog.loadTable(ORDERS)).isInstanceOf(NoSuchTableException.class);
        assertThatThrownBy(() -> catalog.renameTable(ORDERS, SALES)).isInstanceOf(NoSuchTableException.class);
        assertThat(catalog.dropTable(SALES, true)).isTrue();
        assertThat(catalog.dropTable(SALES, true)).isFalse();
        assertThat(world.files()).isEmpty();
    }

    @Test
    void whatIsRememberedOfACommitIsWhatItsFileSays() {
        Table table = orders();
        table.updateSchema().addColumn("more", Types.DateType.get()).commit();
        table.updateSpec().addField("more").commit();
        table.updateProperties().set("note", "x").commit();
        table.newAppend().commit();
        table.manageSnapshots()
                .createTag("old", table.currentSnapshot().snapshotId())
                .commit();
        TarnTableOperations operations =
                new TarnTableOperations(server.parts(), world.admin, TableName.parse("shop.orders"), null);
        String location = java.util.Objects.requireNonNull(operations.current()).metadataFileLocation();
        org.apache.iceberg.TableMetadata remembered = server.parts().metadata().read(location);
        org.apache.iceberg.TableMetadata read = org.apache.iceberg.TableMetadataParser.read(
                server.parts().files().newInputFile(location));
        assertThat(org.apache.iceberg.TableMetadataParser.toJson(remembered))
                .isEqualTo(org.apache.iceberg.TableMetadataParser.toJson(read));
        assertThat(remembered.metadataFileLocation()).isEqualTo(read.metadataFileLocation());
        assertThat(remembered.changes()).isEmpty();
    }

    @Test
    void aStaleCommitIsRefusedAndAnAppendTriesAgain() {
        Table table = orders();
        Table other = catalog.loadTable(ORDERS);
        Transaction late = table.newTransaction();
        late.updateProperties().set("a", "1").commit();
        other.updateProperties().set("b", "2").commit();
        late.commitTransaction();
        assertThat(catalog.loadTable(ORDERS).properties())
                .containsEntry("a", "1")
                .containsEntry("b", "2");

        TarnTableOperations first =
                new TarnTableOperations(server.parts(), world.admin, TableName.parse("shop.orders"), null);
        org.apache.iceberg.TableMetadata base = first.current();
        other.updateProperties().set("c", "3").commit();
        assertThatThrownBy(() -> first.commit(
                        base,
                        org.apache.iceberg.TableMetadata.buildFrom(base)
                                .setProperties(Map.of("d", "4"))
                                .build()))
                .isInstanceOf(CommitFailedException.class);
        world.access.clock().advance(dev.tarn.storage.WriteIntents.BRIEF_LEASE.plusSeconds(1));
        server.storage().intents().sweep();
        assertThat(world.files()).isEqualTo(world.knownFiles(server));
    }

    @Test
    void aTableCannotLeaveTheTenantsWarehouse() {
        catalog.createNamespace(SHOP, Map.of());
        for (String location : new String[] {"file:/etc", "s3://bucket/x", "file:" + folder.resolve("warehouse/x/y")}) {
            assertThatThrownBy(() -> catalog.buildTable(ORDERS, World.NUMBERS)
                            .withLocation(location)
                            .create())
                    .isInstanceOf(TarnException.class);
        }
        assertThatThrownBy(() -> catalog.buildTable(ORDERS, World.NUMBERS)
                        .withProperty("write.data.path", "file:/tmp/x")
                        .create())
                .isInstanceOf(TarnException.class);
        assertThatThrownBy(() -> catalog.buildTable(ORDERS, World.NUMBERS)
                        .withProperty("write.location-provider.impl", "evil.Provider")
                        .create())
                .isInstanceOf(TarnException.class);
    }

    @Test
    void viewsAreMadeReplacedRenamedAndDropped() {
        catalog.createNamespace(SHOP, Map.of());
        TableIdentifier name = TableIdentifier.of(SHOP, "big");
        View view = catalog.buildView(name)
                .withSchema(new Schema(NestedField.optional(1, "n", Types.LongType.get())))
                .withDefaultNamespace(SHOP)
                .withQuery("duckdb", "SELECT 1 AS n")
                .create();
        view.updateProperties().set("note", "x").commit();

        assertThat(catalog.loadView(name).properties()).containsEntry("note", "x");
        assertThat(catalog.listViews(SHOP)).containsExactly(name);
        assertThat(catalog.listTables(SHOP)).isEmpty();
        assertThatThrownBy(() -> catalog.createTable(name, World.NUMBERS)).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> catalog.dropNamespace(SHOP)).isInstanceOf(NamespaceNotEmptyException.class);
        catalog.renameView(name, SALES);
        assertThatThrownBy(() -> catalog.loadView(name)).isInstanceOf(NoSuchViewException.class);
        String file = server.parts()
                .store()
                .find(world.admin.tenantId(), "shop", "sales")
                .orElseThrow()
                .location();
        assertThat(catalog.dropView(SALES)).isTrue();
        assertThat(catalog.registerView(SALES, file).properties()).containsEntry("note", "x");
        assertThat(catalog.purgeView(SALES)).isTrue();
        assertThat(world.files()).isEmpty();
    }

    @Test
    void cachedMetadataIsWhatTheFileSays() {
        orders().updateProperties().set("a", "1").commit();
        String location = server.parts()
                .store()
                .find(world.admin.tenantId(), "shop", "orders")
                .orElseThrow()
                .location();
        assertThat(server.parts().metadata().read(location))
                .isSameAs(server.parts().metadata().read(location));
        assertThat(location).contains("/metadata/").endsWith(".metadata.json");
    }
}
