package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.Caller;
import dev.tarn.access.NewGrant;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that were dropped, on both databases. */
abstract class DroppedTablesContract extends CatalogContract {
    private static final String ORDERS = "iceberg.shop.orders";

    private TableChanges changes;

    @BeforeEach
    void findChanges() {
        changes = new TableChanges(server.parts(), tables);
    }

    private static TableName name(String text) {
        return TableName.parse(text);
    }

    private static void fails(ErrorCode code, ThrowingCallable work) {
        fails(code, "", work);
    }

    @Test
    void aDroppedTableComesBackWithItsVersions() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        world.write(server, ORDERS, WriteMode.APPEND, 2L);
        server.tables().drop(admin, name(ORDERS));
        fails(ErrorCode.UNKNOWN_TABLE, () -> server.tables().read(admin, name(ORDERS)));
        assertThat(server.tables().dropped(admin))
                .extracting(DroppedTableSummary::name)
                .containsExactly(name(ORDERS));

        assertThat(changes.undrop(admin, name("SHOP.Orders"), Optional.empty())).isEqualTo(name(ORDERS));

        assertThat(world.rows(server, ORDERS)).containsExactly(1L, 2L);
        assertThat(server.tables().dropped(admin)).isEmpty();
        world.write(server, ORDERS, WriteMode.APPEND, 3L);
        assertThat(world.rows(server, ORDERS)).containsExactly(1L, 2L, 3L);
        fails(ErrorCode.UNKNOWN_TABLE, () -> changes.undrop(admin, name(ORDERS), Optional.empty()));
        assertThat(world.intents()).isZero();
    }

    @Test
    void theNameMayBeTakenAndTheLastOneComesFirst() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        server.tables().drop(admin, name(ORDERS));
        world.access.clock().advance(Duration.ofMinutes(1));
        world.write(server, ORDERS, WriteMode.CREATE, 2L);
        fails(ErrorCode.ALREADY_EXISTS, () -> changes.undrop(admin, name(ORDERS), Optional.empty()));
        server.tables().drop(admin, name(ORDERS));
        world.write(server, ORDERS, WriteMode.CREATE, 3L);

        changes.undrop(admin, name(ORDERS), Optional.of(name("shop.second")));
        changes.undrop(admin, name(ORDERS), Optional.of(name("shop.first")));

        assertThat(world.rows(server, "iceberg.shop.first")).containsExactly(1L);
        assertThat(world.rows(server, "iceberg.shop.second")).containsExactly(2L);
        assertThat(world.rows(server, ORDERS)).containsExactly(3L);
        fails(
                ErrorCode.INVALID_REQUEST,
                () -> world.write(server, "iceberg.shop.\"~dropped~x\"", WriteMode.CREATE, 1L));
    }

    @Test
    void grantsGoWithItAndNobodyElseSeesIt() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        Resource resource = Resource.table(ORDERS);
        assertThat(world.access.access().rights(admin).allow(Verb.SELECT, resource))
                .isTrue();
        server.tables().drop(admin, name(ORDERS));
        Caller other = world.access.anotherTenant();
        assertThat(server.tables().dropped(other)).isEmpty();
        fails(ErrorCode.UNKNOWN_TABLE, () -> changes.undrop(other, name(ORDERS), Optional.empty()));
        Caller nobody = new Caller.Anonymous(Caller.Origin.LOCAL);
        fails(ErrorCode.UNAUTHENTICATED, () -> server.tables().dropped(nobody));
        fails(ErrorCode.UNAUTHENTICATED, () -> changes.undrop(nobody, name(ORDERS), Optional.empty()));
        changes.undrop(admin, name(ORDERS), Optional.empty());
        assertThat(world.database
                        .client()
                        .sql("SELECT count(*) FROM grants WHERE resource LIKE '%dropped%'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(world.database
                        .client()
                        .sql("SELECT verb FROM audit_entries WHERE resource = ? ORDER BY at, entry_id")
                        .param("table:" + ORDERS)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("create", "drop", "create");
    }

    @Test
    void filesGoAfterAWeek() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        world.write(server, "iceberg.shop.kept", WriteMode.CREATE, 2L);
        server.tables().drop(admin, name(ORDERS));
        world.access.clock().advance(Duration.ofDays(7).minusMinutes(1));
        TableChanges.sweep(server.parts());
        assertThat(world.files()).anyMatch(file -> file.contains("orders-"));
        world.access.clock().advance(Duration.ofMinutes(2));
        TableChanges.sweep(world.server().parts());
        TableChanges.sweep(server.parts());
        assertThat(world.files()).noneMatch(file -> file.contains("orders-"));
        assertThat(server.tables().dropped(admin)).isEmpty();
        fails(ErrorCode.UNKNOWN_TABLE, () -> changes.undrop(admin, name(ORDERS), Optional.empty()));
        assertThat(world.rows(server, "iceberg.shop.kept")).containsExactly(2L);
        assertThat(world.intents()).isZero();
        assertThat(world.database
                        .client()
                        .sql("SELECT count(*) FROM grants WHERE resource LIKE '%dropped%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aNamespaceThatWentIsMadeAgainFirst() {
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        server.tables().drop(admin, name(ORDERS));
        Namespaces namespaces = new Namespaces(server.parts(), server.tables());
        namespaces.drop(admin, List.of("shop"));
        fails(ErrorCode.UNKNOWN_NAMESPACE, () -> changes.undrop(admin, name(ORDERS), Optional.empty()));
        namespaces.create(admin, List.of("shop"));
        changes.undrop(admin, name(ORDERS), Optional.empty());
        assertThat(world.rows(server, ORDERS)).containsExactly(1L);
    }

    @Test
    void aNamespaceGoesWithAllThatIsInside() {
        Namespaces namespaces = new Namespaces(server.parts(), server.tables());
        Views views = new Views(server.parts(), world.access.clock());
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        world.write(server, "iceberg.shop.eu.orders", WriteMode.CREATE, 2L);
        world.write(server, "iceberg.shop_x.orders", WriteMode.CREATE, 3L);
        views.make(admin, name("shop.v"), World.view("select 1"), false);
        fails(ErrorCode.NOT_EMPTY, "CASCADE", () -> namespaces.drop(admin, List.of("shop")));

        namespaces.dropAll(admin, List.of("SHOP"));

        fails(ErrorCode.UNKNOWN_NAMESPACE, () -> server.tables().read(admin, name(ORDERS)));
        assertThat(server.tables().dropped(admin))
                .extracting(table -> table.name().text())
                .containsExactlyInAnyOrder(ORDERS, "iceberg.shop.eu.orders");
        assertThat(world.rows(server, "iceberg.shop_x.orders")).containsExactly(3L);
        assertThat(world.files()).isEqualTo(world.knownFiles(server));
        assertThat(world.intents()).isZero();
        assertThat(grantsOn("namespace:iceberg.shop")).isZero();
        fails(ErrorCode.UNKNOWN_NAMESPACE, () -> namespaces.dropAll(admin, List.of("shop")));
        fails(ErrorCode.UNKNOWN_NAMESPACE, () -> changes.undrop(admin, name(ORDERS), Optional.empty()));
        namespaces.create(admin, List.of("shop"));
        changes.undrop(admin, name(ORDERS), Optional.empty());
        changes.undrop(admin, name("shop.eu.orders"), Optional.of(name("shop.eu_orders")));
        assertThat(world.rows(server, ORDERS)).containsExactly(1L);
        assertThat(world.rows(server, "iceberg.shop.eu_orders")).containsExactly(2L);
        namespaces.dropAll(admin, List.of("shop_x"));
    }

    private long grantsOn(String resource) {
        return world.database
                .client()
                .sql("SELECT count(*) FROM grants WHERE resource = ?")
                .param(resource)
                .query(Long.class)
                .single();
    }

    @Test
    void whoMayDropANamespaceMayDropWhatIsInside() {
        Namespaces namespaces = new Namespaces(server.parts(), server.tables());
        Caller ann = world.access.user(admin, "ann");
        grant("ann", "create", "catalog:iceberg");
        world.write(server, ORDERS, WriteMode.CREATE, 1L);
        try (TableWrite write = server.tables().begin(ann, name("shop.own"), WriteMode.CREATE)) {
            write.commit(World.NUMBERS, List.of());
        }
        fails(ErrorCode.FORBIDDEN, () -> namespaces.dropAll(ann, List.of("shop")));
        fails(ErrorCode.UNKNOWN_NAMESPACE, () -> namespaces.dropAll(world.access.anotherTenant(), List.of("shop")));
        assertThat(world.rows(server, ORDERS)).containsExactly(1L);
        grant("ann", "drop", "namespace:iceberg.shop");
        namespaces.dropAll(ann, List.of("shop"));
        assertThat(server.tables().dropped(admin)).hasSize(2);
        assertThat(server.tables().dropped(ann))
                .extracting(table -> table.name().table())
                .containsExactly("own");
    }

    private void grant(String to, String verb, String on) {
        world.access.grants().create(admin, new NewGrant(to, verb, on, Optional.empty(), Optional.empty()));
    }
}
