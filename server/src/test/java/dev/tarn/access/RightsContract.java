package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, roles, grants and limited keys, on each database. */
@SuppressWarnings("NullAway.Init") // JUnit and openIt set the fields
abstract class RightsContract {
    private static final Resource ORDERS = Resource.table("iceberg.shop.orders");
    private static final Resource OTHER = Resource.table("iceberg.shop2.orders");

    private Database database;

    private TestAccess test;

    private Caller admin;

    @TempDir
    private Path folder;

    /** An empty database; its files, if any, in the folder. */
    protected abstract Database open(Path folder);

    @BeforeEach
    void openIt() {
        database = open(folder);
        test = TestAccess.on(database);
        admin = test.admin();
    }

    @AfterEach
    void close() {
        test.close();
        database.close();
    }

    private boolean may(Caller caller, Verb verb, Resource resource) {
        return test.access().allows(caller, verb, resource);
    }

    private Grant give(String to, String verb, String on) {
        return test.grants().create(admin, new NewGrant(to, verb, on, Optional.empty(), Optional.empty()));
    }

    private Grant give(String to, List<String> columns, String rows) {
        return test.grants()
                .create(
                        admin,
                        new NewGrant(
                                to,
                                "select",
                                ORDERS.text(),
                                Optional.of(columns).filter(names -> !names.isEmpty()),
                                Optional.of(rows).filter(text -> !text.isEmpty())));
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TarnException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    @Test
    void theBuiltInRolesMayWhatTheyAreFor() {
        Caller viewer = test.user(admin, "viewer", "Viewer");
        Caller analyst = test.user(admin, "analyst", "analyst");
        Caller engineer = test.user(admin, "engineer", "DataEngineer");
        Caller lead = test.user(admin, "lead", "LeadDataEngineer");
        Caller auditor = test.user(admin, "auditor", "Auditor");
        assertThat(may(viewer, Verb.DESCRIBE, ORDERS)).isFalse();
        assertThat(may(viewer, Verb.CREATE, Resource.statement("*"))).isTrue();
        assertThat(may(analyst, Verb.SELECT, ORDERS)).isTrue();
        assertThat(may(analyst, Verb.INSERT, ORDERS)).isFalse();
        assertThat(may(engineer, Verb.INSERT, ORDERS)).isTrue();
        assertThat(may(engineer, Verb.DROP, ORDERS)).isFalse();
        assertThat(may(lead, Verb.DROP, ORDERS)).isTrue();
        assertThat(may(lead, Verb.GRANT, ORDERS)).isFalse();
        assertThat(may(auditor, Verb.DESCRIBE, ORDERS)).isTrue();
        assertThat(may(auditor, Verb.SELECT, ORDERS)).isFalse();
        for (Caller caller : List.of(viewer, analyst, engineer, lead)) {
            assertThat(may(caller, Verb.SELECT, Resource.all(Resource.Kind.AUDIT)))
                    .isFalse();
            assertThat(may(caller, Verb.MANAGE, Resource.user("x"))).isFalse();
        }
        assertThat(may(auditor, Verb.SELECT, Resource.all(Resource.Kind.AUDIT))).isTrue();
        assertThat(Arrays.stream(Verb.values()).allMatch(verb -> may(admin, verb, ORDERS)))
                .isTrue();
    }

    @Test
    void aGrantCoversItsVerbAndWhatIsInsideOfItsResource() {
        Caller viewer = test.user(admin, "v", "Viewer");
        Grant grant = give("v", "select", "namespace:iceberg.shop");
        assertThat(may(viewer, Verb.SELECT, ORDERS)).isTrue();
        assertThat(may(viewer, Verb.SELECT, Resource.table("iceberg.shop.eu.orders")))
                .isTrue();
        assertThat(may(viewer, Verb.DESCRIBE, ORDERS)).isTrue();
        assertThat(may(viewer, Verb.INSERT, ORDERS)).isFalse();
        assertThat(may(viewer, Verb.SELECT, OTHER)).isFalse();
        assertThat(test.access().rights(viewer).allowInside(Verb.DESCRIBE, Resource.catalog("iceberg")))
                .isTrue();
        assertThat(may(viewer, Verb.DESCRIBE, Resource.catalog("iceberg"))).isFalse();
        test.grants().delete(admin, grant.id());
        assertThat(may(viewer, Verb.SELECT, ORDERS)).isFalse();
    }

    @Test
    void aMadeRoleMayWhatIsGrantedToItUntilItIsRemoved() {
        Role role = test.roles().create(admin, "Readers of orders");
        Caller viewer = test.user(admin, "v", "readers of ORDERS");
        assertThat(may(viewer, Verb.SELECT, ORDERS)).isFalse();
        give(role.name(), "select", ORDERS.text());
        assertThat(may(viewer, Verb.SELECT, ORDERS)).isTrue();
        assertCode(ErrorCode.ALREADY_EXISTS, () -> test.roles().create(admin, "READERS of orders"));
        assertCode(ErrorCode.ALREADY_EXISTS, () -> test.roles().create(admin, "admin"));
        test.roles().delete(admin, role.name());
        assertThat(may(viewer, Verb.SELECT, ORDERS)).isFalse();
        assertThat(test.users().find(admin, "v").roles()).isEmpty();
        test.roles().create(admin, role.name());
        assertThat(test.grants()
                        .list(admin, Optional.of(role.name()), Optional.empty(), PageRequest.first())
                        .items())
                .isEmpty();
        assertCode(ErrorCode.INVALID_REQUEST, () -> test.roles().delete(admin, "Admin"));
    }

    @Test
    void columnsAndRowsOfSeveralGrantsAddUp() {
        Caller viewer = test.user(admin, "v", "Viewer");
        test.roles().create(admin, "Sales");
        test.users().setRoles(admin, viewer.userId(), List.of("Viewer", "Sales"));
        give("v", List.of("id", "Region"), "region = 'EU'");
        give("Sales", List.of("id", "price"), "");
        TableRights rights = test.access().tableRights(viewer, ORDERS);
        assertThat(rights.isFull()).isFalse();
        assertThat(rights.parts()).hasSize(2);
        assertThat(rights.hasAllRows()).isTrue();
        assertThat(rights.columns().orElseThrow()).containsExactlyInAnyOrder("id", "region", "price");
        assertThat(rights.has("ID")).isTrue();
        assertThat(rights.has("secret")).isFalse();
        assertThat(test.access()
                        .why(admin, viewer.userId(), Verb.SELECT, ORDERS)
                        .allowed())
                .isEqualTo(Decision.Answer.PARTLY);
        test.users().setRoles(admin, viewer.userId(), List.of("Analyst"));
        assertThat(test.access().tableRights(viewer, ORDERS).isFull()).isTrue();
        assertThat(test.access()
                        .tableRights(test.user(admin, "w", "Viewer"), ORDERS)
                        .isNone())
                .isTrue();
    }

    @Test
    void limitsAreForSelectOnOneTableAlone() {
        test.user(admin, "v", "Viewer");
        Optional<List<String>> columns = Optional.of(List.of("a"));
        for (NewGrant wrong : List.of(
                new NewGrant("v", "insert", ORDERS.text(), columns, Optional.empty()),
                new NewGrant("v", "*", ORDERS.text(), columns, Optional.empty()),
                new NewGrant("v", "select", "namespace:iceberg.shop", columns, Optional.empty()),
                new NewGrant("v", "select", "table:*", Optional.empty(), Optional.of("a = 1")),
                new NewGrant("v", "select", ORDERS.text(), Optional.of(List.of()), Optional.empty()),
                new NewGrant("v", "select", ORDERS.text(), Optional.empty(), Optional.of(" ")),
                new NewGrant("v", "look", ORDERS.text(), Optional.empty(), Optional.empty()),
                new NewGrant("v", "select", "orders", Optional.empty(), Optional.empty()),
                new NewGrant("nobody", "select", ORDERS.text(), Optional.empty(), Optional.empty()))) {
            assertCode(ErrorCode.INVALID_REQUEST, () -> test.grants().create(admin, wrong));
        }
        Grant column = test.grants()
                .create(
                        admin,
                        new NewGrant(
                                "v", "select", "column:iceberg.shop.orders.id", Optional.empty(), Optional.empty()));
        assertThat(column.resource()).isEqualTo(ORDERS.text());
        assertThat(column.columns()).contains(List.of("id"));
        assertCode(ErrorCode.ALREADY_EXISTS, () -> give("v", "select", ORDERS.text()));
    }

    @Test
    void whoeverMayGrantOnAThingGrantsOnItAlone() {
        Caller owner = test.user(admin, "owner", "Viewer");
        test.user(admin, "friend", "Viewer");
        database.inTransaction(() -> test.access().own(owner, Resource.namespace("iceberg.shop")));
        NewGrant inside = new NewGrant("friend", "select", ORDERS.text(), Optional.empty(), Optional.empty());
        Grant given = test.grants().create(owner, inside);
        assertThat(given.createdBy()).contains("owner");
        for (String outside : List.of(OTHER.text(), "catalog:iceberg", "*", "user:*", "role:Admin", "table:*")) {
            assertCode(
                    ErrorCode.FORBIDDEN,
                    () -> test.grants()
                            .create(
                                    owner,
                                    new NewGrant("friend", "select", outside, Optional.empty(), Optional.empty())));
        }
        assertThat(test.grants()
                        .list(owner, Optional.empty(), Optional.of(ORDERS.text()), PageRequest.first())
                        .items())
                .hasSize(1);
        assertCode(
                ErrorCode.FORBIDDEN,
                () -> test.grants().list(owner, Optional.empty(), Optional.empty(), PageRequest.first()));
        Decision why = test.access().why(owner, owner.userId(), Verb.SELECT, OTHER);
        assertThat(why.allowed()).isEqualTo(Decision.Answer.NO);
        assertThat(why.granters()).containsExactly("admin");
        assertThat(test.access().why(admin, owner.userId(), Verb.DROP, ORDERS).granters())
                .containsExactly("admin", "owner");
    }

    @Test
    void whoeverMayDoEverythingWithSettingsGrantsNoMoreThanThem() {
        Caller keeper = test.user(admin, "keeper", "Viewer");
        give("keeper", "*", "setting:*");
        test.user(admin, "deputy", "Viewer");
        Grant everything = give("deputy", "*", "*");
        test.grants().create(keeper, new NewGrant("deputy", "alter", "setting:x", Optional.empty(), Optional.empty()));
        assertCode(
                ErrorCode.FORBIDDEN,
                () -> test.grants()
                        .create(keeper, new NewGrant("keeper", "*", "*", Optional.empty(), Optional.empty())));
        assertCode(ErrorCode.FORBIDDEN, () -> test.grants().delete(keeper, everything.id()));
        test.grants().delete(admin, everything.id());
    }

    @Test
    void whatIsMadeUnderAnOldNameHasNoneOfItsGrants() {
        Caller viewer = test.user(admin, "v", "Viewer");
        give("v", "select", ORDERS.text());
        database.inTransaction(() -> test.access().forget(admin, ORDERS));
        assertThat(may(viewer, Verb.SELECT, ORDERS)).isFalse();
    }

    @Test
    void whatIsRenamedKeepsItsGrantsAndGivesWhoRenamesNone() {
        Caller viewer = test.user(admin, "v", "Viewer");
        Caller renamer = test.user(admin, "r", "LeadDataEngineer");
        give("v", List.of("id"), "id > 1");
        test.grants().create(admin, new NewGrant("v", "select", OTHER.text(), Optional.empty(), Optional.empty()));
        give("v", "alter", OTHER.text());
        database.inTransaction(() -> test.access().rename(renamer, ORDERS, OTHER));
        assertThat(test.access().tableRights(viewer, OTHER).parts())
                .as("the limits go with the rows that they hide")
                .containsExactly(new TableRights.Part(Optional.of(List.of("id")), Optional.of("id > 1")));
        assertThat(may(viewer, Verb.ALTER, OTHER)).isTrue();
        assertThat(may(viewer, Verb.SELECT, ORDERS)).isFalse();
        assertThat(test.access().rights(renamer).own(OTHER)).isFalse();
    }

    @Test
    void aUserWhoIsSwitchedOffMayNothingAtOnce() {
        Caller analyst = test.user(admin, "a", "Analyst");
        NewKey key = test.keys().create(analyst, WantedKey.named("mine"));
        test.users().setActive(admin, analyst.userId(), false);
        assertThat(may(analyst, Verb.SELECT, ORDERS)).isFalse();
        assertCode(
                ErrorCode.UNAUTHENTICATED,
                () -> test.parts.credentials().authenticate(key.secret(), Caller.Origin.LOCAL));
        test.users().setActive(admin, analyst.userId(), true);
        assertThat(may(analyst, Verb.SELECT, ORDERS)).isTrue();
    }

    @Test
    void theLastAdministratorStays() {
        assertCode(ErrorCode.CONFLICT, () -> test.users().setActive(admin, admin.userId(), false));
        assertCode(ErrorCode.CONFLICT, () -> test.users().setRoles(admin, admin.userId(), List.of("Viewer")));
        Caller second = test.user(admin, "second", "Admin");
        test.users().setRoles(admin, admin.userId(), List.of("Viewer"));
        assertCode(ErrorCode.CONFLICT, () -> test.users().setActive(second, second.userId(), false));
    }

    @Test
    void rolesThatAreGivenAtTheSameTimeAllStay() throws Exception {
        Caller user = test.user(admin, "many", "Viewer");
        List<String> roles = List.of("Analyst", "Auditor", "DataEngineer", "Manager");
        try (ExecutorService threads = Executors.newFixedThreadPool(roles.size())) {
            List<Callable<User>> changes = roles.stream()
                    .<Callable<User>>map(
                            role -> () -> test.users().changeRoles(admin, user.userId(), List.of(role), List.of()))
                    .toList();
            for (Future<User> change : threads.invokeAll(changes)) {
                change.get();
            }
        }
        assertThat(test.users().find(admin, "many").roles())
                .containsExactly("Analyst", "Auditor", "DataEngineer", "Manager", "Viewer");
        assertThat(test.users()
                        .changeRoles(admin, user.userId(), List.of("analyst"), List.of("viewer", "Auditor"))
                        .roles())
                .containsExactly("Analyst", "DataEngineer", "Manager");
        assertCode(
                ErrorCode.NOT_FOUND,
                () -> test.users().changeRoles(admin, user.userId(), List.of("Viewer"), List.of("Auditor")));
        assertCode(
                ErrorCode.CONFLICT, () -> test.users().changeRoles(admin, admin.userId(), List.of(), List.of("Admin")));
        assertCode(
                ErrorCode.FORBIDDEN, () -> test.users().changeRoles(user, user.userId(), List.of("Admin"), List.of()));
    }

    @Test
    void aManagerMakesUsersAndGivesThemNoRole() {
        Caller manager = test.user(admin, "m", "Manager");
        User made = test.users().create(manager, wanted("plain", List.of()));
        assertThat(made.roles()).containsExactly("Viewer");
        assertThat(made.number()).isPositive();
        assertCode(ErrorCode.FORBIDDEN, () -> test.users().create(manager, wanted("x", List.of("Admin"))));
        assertCode(ErrorCode.FORBIDDEN, () -> test.users().setRoles(manager, made.id(), List.of("Admin")));
        assertCode(ErrorCode.FORBIDDEN, () -> test.users().setPassword(manager, admin.userId(), "new password"));
        assertCode(ErrorCode.FORBIDDEN, () -> test.users().setActive(manager, admin.userId(), false));
        User changed = test.users()
                .changeProfile(
                        manager,
                        made.id(),
                        new User.Profile(Optional.of("P@Example.com"), Optional.of("Ünï"), Optional.empty()));
        assertThat(changed.profile().firstName()).contains("Ünï");
        Caller analyst = test.user(admin, "an", "Analyst");
        assertCode(
                ErrorCode.FORBIDDEN,
                () -> test.users()
                        .changeProfile(
                                manager,
                                analyst.userId(),
                                new User.Profile(Optional.of("m@example.com"), Optional.empty(), Optional.empty())));
        test.users()
                .changeProfile(
                        manager,
                        analyst.userId(),
                        new User.Profile(Optional.empty(), Optional.of("Ann"), Optional.empty()));
        assertCode(
                ErrorCode.ALREADY_EXISTS,
                () -> test.users()
                        .changeProfile(
                                admin,
                                admin.userId(),
                                new User.Profile(Optional.of("p@example.COM"), Optional.empty(), Optional.empty())));
    }

    private static NewUser wanted(String name, List<String> roles) {
        return new NewUser(
                name, User.Profile.NONE, Optional.of("a good password"), roles, Optional.empty(), Optional.empty());
    }

    @Test
    void namesThatLookAlikeAreRefused() {
        for (String name : List.of("", " ", "аdmin", "admin\u200b", "ADMIN ", "a\tb", "é", "x".repeat(101))) {
            assertThatThrownBy(() -> test.users().create(admin, wanted(name, List.of())))
                    .as(name)
                    .isInstanceOf(TarnException.class);
        }
        assertCode(ErrorCode.INVALID_REQUEST, () -> test.users().create(admin, wanted("x", List.of("Boss"))));
    }

    @Test
    void usersAreListedByNameAndNoTenantSeesAnothers() {
        Caller other = test.anotherTenant();
        for (int i = 0; i < 5; i++) {
            test.user(other, "B" + i, "Viewer");
        }
        var first = test.users().list(other, Optional.of("b"), PageRequest.first(3));
        var second = test.users().list(other, Optional.of("b"), new PageRequest(3, first.next()));
        assertThat(first.items()).extracting(User::name).containsExactly("B0", "B1", "B2");
        assertThat(second.items()).extracting(User::name).containsExactly("B3", "B4");
        assertThat(second.next()).isEmpty();
        assertThat(test.users()
                        .list(admin, Optional.of("b"), PageRequest.first())
                        .items())
                .isEmpty();
        assertCode(ErrorCode.NOT_FOUND, () -> test.users().find(admin, "B0"));
        Caller viewer = test.user(admin, "v", "Viewer");
        assertThat(test.users().find(viewer, "V").name()).isEqualTo("v");
        assertCode(ErrorCode.FORBIDDEN, () -> test.users().find(viewer, "admin"));
        assertCode(ErrorCode.FORBIDDEN, () -> test.users().find(viewer, "B0"));
        assertCode(
                ErrorCode.FORBIDDEN,
                () -> test.users()
                        .create(
                                other,
                                new NewUser(
                                        "n",
                                        User.Profile.NONE,
                                        Optional.empty(),
                                        List.of(),
                                        Optional.of(admin.tenantId()),
                                        Optional.empty())));
    }

    @Test
    void nobodyBecomesTheOperatorByManagingUsers() {
        Caller second = test.user(admin, "second", "Admin");
        WantedKey ofOperator = TestAccess.keyOf("admin");
        assertCode(ErrorCode.FORBIDDEN, () -> test.keys().create(second, ofOperator));
        assertCode(ErrorCode.FORBIDDEN, () -> test.users().setPassword(second, admin.userId(), "a good password"));
        assertCode(ErrorCode.FORBIDDEN, () -> test.users().setActive(second, admin.userId(), false));
        assertCode(ErrorCode.FORBIDDEN, () -> test.users().setRoles(second, admin.userId(), List.of("Viewer")));
        test.users().setPassword(admin, second.userId(), "a good password");
    }

    @Test
    void whyTellsTheFilterOfRowsToWhoMaySeeGrantsAlone() {
        Caller viewer = test.user(admin, "v", "Viewer");
        give("v", List.of("id"), "secret_column > 7");
        assertThat(test.access()
                        .why(viewer, viewer.userId(), Verb.SELECT, ORDERS)
                        .toString())
                .doesNotContain("secret_column");
        assertThat(test.access()
                        .why(admin, viewer.userId(), Verb.SELECT, ORDERS)
                        .toString())
                .contains("secret_column");
    }
}
