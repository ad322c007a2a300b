package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.access.Caller;
import dev.tarn.access.NewGrant;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several changes that become true at once, or not at all, on both databases. */
abstract class StagedCatalogContract {
    private static final String A = "iceberg.shop.a";
    private static final String B = "iceberg.shop.b";
    private static final String NEW = "iceberg.fresh.c";

    @TempDir
    Path folder;

    private World world;
    private World.Server server;

    abstract Database open(Path home);

    @BeforeEach
    void openWorld() {
        world = new World(open(folder), folder);
        server = world.server();
        world.write(server, A, WriteMode.CREATE, 1L);
        world.write(server, B, WriteMode.CREATE, 2L);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private StagedCatalog staged(Caller caller) {
        return new CatalogCommits(server.parts(), new Views(server.parts(), world.access.clock())).staged(caller);
    }

    private static void write(Tables tables, Caller caller, String table, WriteMode mode, Long... numbers) {
        try (TableWrite write = tables.begin(caller, TableName.parse(table), mode)) {
            write.commit(World.NUMBERS, List.of(World.dataFile(write, 0, World.NUMBERS, (Object[]) numbers)));
        }
    }

    private List<Object> rows(Tables tables, String table) {
        return World.rows(tables.read(world.admin, TableName.parse(table)));
    }

    @Test
    void nobodySeesItBeforeItIsTrueAndThenAllOfIt() {
        AtomicInteger together = new AtomicInteger();
        try (StagedCatalog staged = staged(world.admin)) {
            write(staged.tables(), world.admin, A, WriteMode.APPEND, 3L);
            write(staged.tables(), world.admin, NEW, WriteMode.CREATE, 4L);
            write(staged.tables(), world.admin, NEW, WriteMode.APPEND, 5L);
            staged.tables().drop(world.admin, TableName.parse(B));

            assertThat(rows(staged.tables(), A)).containsExactly(1L, 3L);
            assertThat(rows(staged.tables(), "iceberg.FRESH.C")).containsExactly(4L, 5L);
            assertThatThrownBy(() -> rows(staged.tables(), B)).isInstanceOf(TarnException.class);
            assertThat(tables(staged.tables())).containsExactly(NEW, A);
            assertThat(tables(server.tables())).containsExactly(A, B);
            assertThat(world.rows(server, A)).containsExactly(1L);
            assertThat(staged.commit(together::incrementAndGet)).isTrue();
        }
        assertThat(together).hasValue(1);
        assertThat(world.rows(server, A)).containsExactly(1L, 3L);
        assertThat(world.rows(server, NEW)).containsExactly(4L, 5L);
        assertThat(tables(server.tables())).containsExactly(NEW, A);
        assertNothingIsLeft();
    }

    private List<String> tables(Tables tables) {
        // Page by page, so that what is staged stands among the others.
        List<String> names = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<TableDescription> page = tables.tables(world.admin, Optional.empty(), new PageRequest(1, cursor));
            page.items().forEach(table -> names.add(table.name().text()));
            cursor = page.next();
        } while (cursor.isPresent());
        return names;
    }

    private void assertNothingIsLeft() {
        assertThat(world.intents()).isZero();
        assertThat(world.files()).isEqualTo(world.knownFiles(server));
    }

    @Test
    void whatIsGivenUpLeavesNothing() {
        try (StagedCatalog staged = staged(world.admin)) {
            write(staged.tables(), world.admin, A, WriteMode.APPEND, 3L);
            write(staged.tables(), world.admin, NEW, WriteMode.CREATE, 4L);
            write(staged.tables(), world.admin, NEW, WriteMode.APPEND, 5L);
        }
        assertThat(world.rows(server, A)).containsExactly(1L);
        assertThatThrownBy(() -> world.rows(server, NEW))
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_NAMESPACE));
        assertNothingIsLeft();
    }

    @Test
    void whatRefusesTogetherKeepsAllFromBeingTrue() {
        try (StagedCatalog staged = staged(world.admin)) {
            write(staged.tables(), world.admin, A, WriteMode.APPEND, 3L);
            assertThatThrownBy(() -> staged.commit(() -> {
                        throw new TarnException(ErrorCode.STATEMENT_CANCELLED, "No longer");
                    }))
                    .isInstanceOf(TarnException.class);
        }
        assertThat(world.rows(server, A)).containsExactly(1L);
        assertNothingIsLeft();
    }

    @Test
    void aTableThatAnotherChangedEndsItAndOneThatWasReadDoesNot() {
        try (StagedCatalog staged = staged(world.admin)) {
            assertThat(rows(staged.tables(), B)).containsExactly(2L);
            write(staged.tables(), world.admin, A, WriteMode.APPEND, 3L);
            world.write(server, B, WriteMode.APPEND, 20L);
            assertThat(rows(staged.tables(), B))
                    .as("the version that it saw first")
                    .containsExactly(2L);
            assertThat(staged.isOvertaken()).isTrue();
            assertThat(staged.commit(() -> {})).isTrue();
        }
        for (Runnable other : List.<Runnable>of(
                () -> world.write(server, A, WriteMode.APPEND, 30L),
                () -> server.tables().drop(world.admin, TableName.parse(A)))) {
            try (StagedCatalog staged = staged(world.admin)) {
                write(staged.tables(), world.admin, B, WriteMode.APPEND, 21L);
                write(staged.tables(), world.admin, A, WriteMode.APPEND, 4L);
                other.run();
                assertThat(staged.isOvertaken()).isTrue();
                assertThat(staged.commit(() -> {})).isFalse();
            }
            assertThat(world.rows(server, B)).containsExactly(2L, 20L);
            assertNothingIsLeft();
        }
    }

    @Test
    void aNameThatAnotherTookEndsIt() {
        try (StagedCatalog staged = staged(world.admin)) {
            write(staged.tables(), world.admin, NEW, WriteMode.CREATE, 4L);
            world.write(server, NEW, WriteMode.CREATE, 40L);
            assertThat(staged.commit(() -> {})).isFalse();
        }
        assertThat(world.rows(server, NEW)).containsExactly(40L);
        assertNothingIsLeft();
    }

    @Test
    void whoMakesATableOwnsItAtOnceAndNothingElse() {
        Caller ann = world.access.user(world.admin, "ann");
        world.access
                .grants()
                .create(
                        world.admin,
                        new NewGrant("ann", "create", "catalog:iceberg", Optional.empty(), Optional.empty()));
        try (StagedCatalog staged = staged(ann)) {
            write(staged.tables(), ann, NEW, WriteMode.CREATE, 4L);
            write(staged.tables(), ann, NEW, WriteMode.APPEND, 5L);
            assertThat(World.rows(staged.tables().read(ann, TableName.parse(NEW))))
                    .containsExactly(4L, 5L);
            assertThatThrownBy(() -> write(staged.tables(), ann, A, WriteMode.OVERWRITE, 9L))
                    .isInstanceOf(TarnException.class);
            assertThat(staged.commit(() -> {})).isTrue();
        }
        assertThat(World.rows(server.tables().read(ann, TableName.parse(NEW)))).containsExactly(4L, 5L);
        assertThat(world.rows(server, A)).containsExactly(1L);
    }

    @Test
    void namesSchemasAndDroppedTablesChangeWithTheRest() {
        String renamed = "iceberg.attic.a";
        try (StagedCatalog staged = staged(world.admin)) {
            TableChanges changes = new TableChanges(server.parts(), server.tables()).on(world.admin, staged.tables());
            staged.namespaces().create(world.admin, List.of("attic"));
            staged.tables().rename(world.admin, TableName.parse(A), TableName.parse(renamed));
            write(staged.tables(), world.admin, renamed, WriteMode.APPEND, 3L);
            staged.tables().drop(world.admin, TableName.parse(B));
            write(staged.tables(), world.admin, B, WriteMode.CREATE, 20L);
            changes.undrop(world.admin, TableName.parse(B), Optional.of(TableName.parse("attic.b")));
            assertThatThrownBy(
                            () -> changes.undrop(world.admin, TableName.parse(B), Optional.of(TableName.parse("x.b"))))
                    .isInstanceOf(TarnException.class);
            staged.namespaces().create(world.admin, List.of("brief", "inner"));
            staged.namespaces().dropAll(world.admin, List.of("brief"));
            assertThat(tables(staged.tables())).containsExactly(renamed, "iceberg.attic.b", B);
            assertThat(tables(server.tables())).containsExactly(A, B);
            assertThat(staged.commit(() -> {})).isTrue();
        }
        assertThat(tables(server.tables())).containsExactly(renamed, "iceberg.attic.b", B);
        assertThat(world.rows(server, renamed)).containsExactly(1L, 3L);
        assertThat(world.rows(server, "iceberg.attic.b")).containsExactly(2L);
        assertThat(world.rows(server, B)).containsExactly(20L);
        assertThat(server.tables().dropped(world.admin)).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void aSchemaGoesWithWhatTheScriptHasPutIntoIt() {
        try (StagedCatalog staged = staged(world.admin)) {
            write(staged.tables(), world.admin, A, WriteMode.APPEND, 3L);
            write(staged.tables(), world.admin, "iceberg.shop.late", WriteMode.CREATE, 4L);
            staged.namespaces().dropAll(world.admin, List.of("shop"));
            assertThat(tables(staged.tables())).isEmpty();
            write(staged.tables(), world.admin, B, WriteMode.CREATE, 5L);
            assertThat(staged.commit(() -> {})).isTrue();
        }
        assertThat(tables(server.tables())).containsExactly(B);
        assertThat(world.rows(server, B)).containsExactly(5L);
        assertThat(server.tables().dropped(world.admin)).hasSize(3);
        assertNothingIsLeft();
        try (StagedCatalog staged = staged(world.admin)) {
            staged.namespaces().dropAll(world.admin, List.of("shop"));
            world.write(server, A, WriteMode.CREATE, 6L);
            assertThat(staged.commit(() -> {})).isFalse();
        }
        assertThat(tables(server.tables())).containsExactly(A, B);
    }

    @Test
    void rightsFollowATableThatTheScriptHasRenamed() {
        Caller ann = world.access.user(world.admin, "ann");
        for (String[] given : new String[][] {
            {"create", "catalog:iceberg"}, {"manage", "table:" + A}, {"insert", "table:" + A}, {"select", "table:" + A}
        }) {
            world.access
                    .grants()
                    .create(world.admin, new NewGrant("ann", given[0], given[1], Optional.empty(), Optional.empty()));
        }
        try (StagedCatalog staged = staged(ann)) {
            staged.tables().rename(ann, TableName.parse(A), TableName.parse("shop.c"));
            write(staged.tables(), ann, "iceberg.shop.c", WriteMode.APPEND, 3L);
            assertThat(World.rows(staged.tables().read(ann, TableName.parse("shop.c"))))
                    .containsExactly(1L, 3L);
            assertThatThrownBy(() -> staged.tables().drop(ann, TableName.parse("shop.c")))
                    .isInstanceOf(TarnException.class);
            assertThat(staged.commit(() -> {})).isTrue();
        }
        assertThat(World.rows(server.tables().read(ann, TableName.parse("shop.c"))))
                .containsExactly(1L, 3L);
    }
}
