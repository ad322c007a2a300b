package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tarn.access.Caller;
import dev.tarn.access.NewGrant;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names tables and namespaces can have, and how they are found. */
abstract class TableNamesContract extends CatalogContract {
    @Test
    void namesAreFoundByCaseAndByNothingElse() {
        world.write(server, "Shop.Orders", WriteMode.CREATE, 1L);

        assertThat(tables.resolve(admin, TableName.parse("shop.ORDERS")).text()).isEqualTo("iceberg.Shop.Orders");
        assertThat(tables.resolve(admin, TableName.parse("ICEBERG.SHOP.orders")).text())
                .isEqualTo("iceberg.Shop.Orders");
        fails(
                ErrorCode.UNKNOWN_TABLE,
                "did you mean iceberg.Shop.Orders",
                () -> tables.read(admin, TableName.parse("Shop.Order")));
        fails(
                ErrorCode.UNKNOWN_NAMESPACE,
                "did you mean Shop",
                () -> tables.read(admin, TableName.parse("Shp.Orders")));
        fails(ErrorCode.UNKNOWN_TABLE, "delta", () -> tables.read(admin, TableName.parse("delta.Shop.Orders")));
    }

    @Test
    void allNamesAreToldFromTheRowsAlone() {
        world.write(server, "b.second", WriteMode.CREATE, 1L);
        world.write(server, "a.first", WriteMode.CREATE, 1L);
        CatalogStore store = server.parts().store();
        List<Pointer> more = new ArrayList<>(List.of(new Pointer("a", "seen", Pointer.Kind.VIEW, "nowhere")));
        for (int i = 0; i < 1_200; i++) {
            more.add(new Pointer("many", "t%04d".formatted(i), Pointer.Kind.TABLE, "nowhere"));
        }
        more.forEach(pointer -> store.insert(admin.tenantId(), pointer));
        CatalogIndex index = new CatalogIndex(server.parts());

        CatalogNames names = index.names(admin);
        assertThat(names.namespaces()).containsExactly("a", "b", "many");
        assertThat(names.tables()).hasSize(1_202);
        assertThat(names.tables().getFirst()).isEqualTo(TableName.parse("a.first"));
        assertThat(names.tables().getLast().textInCatalog()).isEqualTo("many.t1199");

        Caller viewer = world.access.user(admin, "viewer");
        assertThat(index.names(viewer)).isEqualTo(new CatalogNames(List.of(), List.of()));
        String on = "table:iceberg.b.second";
        world.access
                .grants()
                .create(admin, new NewGrant("user:" + viewer.name(), "select", on, Optional.empty(), Optional.empty()));
        assertThat(index.names(viewer)).isEqualTo(new CatalogNames(List.of("b"), List.of(TableName.parse("b.second"))));
        more.forEach(pointer -> store.remove(admin.tenantId(), pointer));
    }

    @Test
    void exactCaseComesFirstAndAmbiguityIsSaid() {
        world.write(server, "s.abc", WriteMode.CREATE, 1L);
        insertCopy("s", "abc", "s", "ABC");

        assertThat(tables.resolve(admin, TableName.parse("s.abc")).table()).isEqualTo("abc");
        assertThat(tables.resolve(admin, TableName.parse("s.ABC")).table()).isEqualTo("ABC");
        fails(ErrorCode.INVALID_REQUEST, "ambiguous", () -> tables.resolve(admin, TableName.parse("s.Abc")));
        insertCopy("s", "abc", "S", "ABC");
        assertThat(tables.resolve(admin, TableName.parse("S.abc")).namespaceText())
                .isEqualTo("S");
    }

    @Test
    void makingTablesTellsOfNoneThatAreHidden() {
        Caller viewer = world.access.user(admin, "viewer");
        world.write(server, "Secret.Plans", WriteMode.CREATE, 1L);
        assertThat(refusal(viewer, "secret.x"))
                .isEqualTo(refusal(viewer, "nothing.x").replace("nothing", "secret"));
        insertCopy("Secret", "Plans", "SECRET", "Plans");
        assertThat(refusal(viewer, "secret.x"))
                .isEqualTo(refusal(viewer, "nothing.x").replace("nothing", "secret"));

        world.write(server, "s.PLANS", WriteMode.CREATE, 1L);
        insertCopy("s", "PLANS", "s", "Plans");
        mayCreate(viewer, "table:iceberg.s.plans");
        mayCreate(viewer, "namespace:iceberg.secret");
        for (String taken : List.of("s.plans", "secret.x")) {
            assertThat(refusal(viewer, taken))
                    .startsWith("ALREADY_EXISTS")
                    .contains(taken)
                    .doesNotContain("Plans", "PLANS", "Secret", "SECRET");
        }
    }

    private void mayCreate(Caller caller, String on) {
        world.access
                .grants()
                .create(admin, new NewGrant("user:" + caller.name(), "create", on, Optional.empty(), Optional.empty()));
    }

    private String refusal(Caller caller, String table) {
        TarnException refused = catchThrowableOfType(
                TarnException.class, () -> tables.begin(caller, TableName.parse(table), WriteMode.CREATE));
        return refused.code() + " " + refused.message();
    }

    private void insertCopy(String namespace, String name, String newNamespace, String newName) {
        String location = server.parts()
                .store()
                .find(admin.tenantId(), namespace, name)
                .orElseThrow()
                .location();
        server.parts()
                .store()
                .insert(admin.tenantId(), new Pointer(newNamespace, newName, Pointer.Kind.TABLE, location));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.\"my orders\"",
                "shop.\"a.b\"",
                "shop.\"say \"\"hi\"\"\"",
                "shop.`back``tick`",
                "shop.\"🎉 emoji\"",
                "shop.\"../../etc\"",
                "shop.\"a/b\\c%20%\"",
                "shop.select",
                "a.b.c.deep",
                "\"two words\".t",
                "Üñïcode.Straße",
                "shop.\"'; DROP TABLE iceberg_tables; --\"",
                "shop.\" leading\""
            })
    void anyNameWorks(String text) {
        TableName name = TableName.parse(text);
        world.write(server, text, WriteMode.CREATE, 1L);
        world.write(server, name.text(), WriteMode.APPEND, 2L);
        world.write(server, name.sql(), WriteMode.REPLACE, 3L);

        assertThat(world.rows(server, text)).containsExactly(3L);
        assertThat(tables.tables(admin, Optional.of(quotedNamespace(name)), PageRequest.first())
                        .items())
                .extracting(TableDescription::name)
                .containsExactly(name);
    }

    private static String quotedNamespace(TableName name) {
        return String.join(".", name.namespace().stream().map(TableName::quoted).toList());
    }

    @Test
    void namesOf255CharactersWorkAndLongerOnesAreRefused() {
        String longest = "🎉".repeat(255);
        world.write(server, "shop." + longest, WriteMode.CREATE, 1L);

        assertThat(world.rows(server, "shop." + longest)).containsExactly(1L);
        fails(ErrorCode.INVALID_REQUEST, "256", () -> TableName.parse("shop." + "x".repeat(256)));
        fails(ErrorCode.INVALID_REQUEST, "300", () -> TableName.parse("x".repeat(300) + ".t"));
    }
}
