package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.Faults;
import dev.tarn.storage.Faults.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cuts every change off at every step, of files and of the database. After a restart the table is the old one or the new one,
 * what was acknowledged is new, and no file is left that the table does not name.
 */
abstract class CrashContract {
    private static final Schema OTHER = new Schema(
            NestedField.optional(1, "text", Types.StringType.get()),
            NestedField.optional(2, "more", Types.LongType.get()));

    private static final List<String> STORES =
            List.of("catalog ", "droppedtable ", "writeintent ", "doomedfile ", "reader ");

    private static final Schema MORE = new Schema(
            NestedField.optional(1, "n", Types.LongType.get()), NestedField.optional(2, "more", Types.LongType.get()));

    @TempDir
    Path folder;

    private World world;
    private World.Server calm;
    private Set<String> before = Set.of();
    private int runs;

    abstract Database open(Path home);

    /** Files behave alike whatever the database is, so one of the two tests may leave most of their steps out. */
    abstract boolean everyFile();

    enum Change {
        CREATE,
        APPEND,
        APPEND_COLUMNS,
        ALTER,
        ALTER_COLUMNS,
        OVERWRITE,
        TRUNCATE,
        REPLACE,
        REPLACE_COLUMNS,
        REWRITE_ROWS,
        DELETE_ROWS,
        DELETE_BY_VECTORS,
        COMPACT,
        REWRITE_MANIFESTS,
        APPEND_PARTITIONED,
        DROP,
        PURGE,
        UNDROP,
        CREATE_VIEW,
        REPLACE_VIEW,
        DROP_VIEW,
        DROP_SCHEMA,
        EXPIRE,
        REMOVE_ORPHANS;

        boolean isOfView() {
            return this == CREATE_VIEW || this == REPLACE_VIEW || this == DROP_VIEW;
        }

        /** What the table holds before; empty for no table. */
        Optional<List<?>> before() {
            return switch (this) {
                case CREATE, UNDROP, CREATE_VIEW -> Optional.empty();
                case EXPIRE -> Optional.of(List.of(1L, 2L, "3 versions"));
                case REPLACE_VIEW, DROP_VIEW -> Optional.of(List.of("select 1"));
                default -> Optional.of(List.of(1L, 2L));
            };
        }

        /** What the table holds after it; empty for no table. */
        Optional<List<?>> after() {
            return switch (this) {
                case CREATE, REPLACE, OVERWRITE -> Optional.of(List.of(7L));
                case TRUNCATE -> Optional.of(List.of());
                case UNDROP, REMOVE_ORPHANS -> Optional.of(List.of(1L, 2L));
                case APPEND, APPEND_PARTITIONED, APPEND_COLUMNS -> Optional.of(List.of(1L, 2L, 7L));
                case REWRITE_ROWS, DELETE_ROWS, DELETE_BY_VECTORS -> Optional.of(List.of(2L, 7L));
                case REPLACE_COLUMNS -> Optional.of(List.of("x"));
                case COMPACT, REWRITE_MANIFESTS -> before();
                case ALTER -> Optional.of(List.of(1L, 2L, "said"));
                case ALTER_COLUMNS -> Optional.of(List.of(1L, 2L, "added"));
                case CREATE_VIEW, REPLACE_VIEW -> Optional.of(List.of("select 2"));
                case DROP, PURGE, DROP_VIEW, DROP_SCHEMA -> Optional.empty();
                case EXPIRE -> Optional.of(List.of(1L, 2L, "1 versions"));
            };
        }
    }

    private void run(Change change, World.Server server, String table) {
        switch (change) {
            case CREATE -> world.write(server, table, WriteMode.CREATE, 7L);
            case APPEND, APPEND_PARTITIONED -> world.write(server, table, WriteMode.APPEND, 7L);
            case APPEND_COLUMNS -> {
                try (TableWrite write = server.tables().begin(world.admin, TableName.parse(table), WriteMode.APPEND)) {
                    write.allowNewColumns();
                    write.commit(MORE, List.of(World.dataFile(write, 0, MORE, 7L)));
                }
            }
            case ALTER ->
                server.tables()
                        .alter(
                                world.admin,
                                TableName.parse(table),
                                new TableEdits(Optional.of("said"), Optional.empty(), Map.of("n", "a number")));
            case ALTER_COLUMNS ->
                server.tables()
                        .alterColumns(
                                world.admin,
                                TableName.parse(table),
                                List.of(new SchemaEdit.Add("added", "STRING", Optional.empty())));
            case OVERWRITE -> world.write(server, table, WriteMode.OVERWRITE, 7L);
            case TRUNCATE -> world.write(server, table, WriteMode.OVERWRITE);
            case REPLACE -> world.write(server, table, WriteMode.REPLACE, 7L);
            case REPLACE_COLUMNS -> {
                try (TableWrite write = server.tables().begin(world.admin, TableName.parse(table), WriteMode.REPLACE)) {
                    write.commit(OTHER, List.of(World.dataFile(write, 0, OTHER, "x")));
                }
            }
            case REWRITE_ROWS -> world.changeFirstRow(server, table, true, 2L, 7L);
            case DELETE_ROWS, DELETE_BY_VECTORS -> world.changeFirstRow(server, table, false, 7L);
            case COMPACT -> world.rewrite(server, table, 1L, 2L);
            case REWRITE_MANIFESTS -> {
                try (TableWrite write = server.tables().begin(world.admin, TableName.parse(table), WriteMode.REWRITE)) {
                    write.rewriteManifests();
                }
            }
            case DROP -> server.tables().drop(world.admin, TableName.parse(table));
            case PURGE -> server.tables().purge(world.admin, TableName.parse(table));
            case UNDROP ->
                new TableChanges(server.parts(), server.tables())
                        .undrop(world.admin, TableName.parse(table), Optional.empty());
            case CREATE_VIEW, REPLACE_VIEW ->
                views(server)
                        .make(
                                world.admin,
                                TableName.parse(table),
                                World.view("select 2"),
                                change == Change.REPLACE_VIEW);
            case REMOVE_ORPHANS ->
                new OrphanFiles(server.parts(), server.tables())
                        .remove(world.admin, TableName.parse(table), Optional.empty(), new Cancellation());
            case EXPIRE ->
                new SnapshotExpiry(server.parts(), server.tables(), new JdbcScanPlanStore(world.database))
                        .expire(
                                world.admin,
                                TableName.parse(table),
                                OptionalInt.of(1),
                                Optional.empty(),
                                new Cancellation());
            case DROP_VIEW -> views(server).drop(world.admin, TableName.parse(table));
            case DROP_SCHEMA ->
                new Namespaces(server.parts(), server.tables())
                        .dropAll(world.admin, TableName.parse(table).namespace());
        }
    }

    private Views views(World.Server server) {
        return new Views(server.parts(), world.access.clock());
    }

    @BeforeEach
    void open() {
        world = new World(open(folder), folder);
        calm = world.server();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyStepCanBeCutOff(Change change) {
        Faults counting = Faults.none();
        String counted = prepare(change);
        run(change, world.server(counting), counted);
        List<String> steps = counting.steps();
        assertThat(steps).anyMatch(step -> step.startsWith("writeintent ") || step.startsWith("droppedtable "));
        for (int step = 1; step <= steps.size() + 1; step++) {
            String what = step > steps.size() ? "the end" : steps.get(step - 1);
            boolean ofStore = STORES.stream().anyMatch(what::startsWith);
            for (Kind kind : kinds(what, ofStore)) {
                if (everyFile() || ofStore || step % 5 == 0) {
                    cutOff(change, step, kind, what);
                }
            }
        }
        System.out.printf("%s: %d steps, %d runs in all%n", change, steps.size(), runs);
    }

    /** Dying after a step is dying before the next one, so only the other ways are tried. */
    private static List<Kind> kinds(String what, boolean ofStore) {
        if (ofStore) {
            return List.of(Kind.DIE_BEFORE, Kind.DIE_COMMITTED, Kind.FAIL_BEFORE, Kind.FAIL_AFTER);
        }
        return what.startsWith("write ")
                ? List.of(Kind.DIE_BEFORE, Kind.DIE_TORN, Kind.FAIL_BEFORE)
                : List.of(Kind.DIE_BEFORE, Kind.FAIL_BEFORE);
    }

    private String prepare(Change change) {
        String table = "iceberg.run%d.orders".formatted(++runs);
        if (change == Change.CREATE || change == Change.CREATE_VIEW) {
            return table;
        }
        if (change.isOfView()) {
            views(calm).make(world.admin, TableName.parse(table), World.view("select 1"), false);
            return table;
        }
        world.write(calm, table, WriteMode.CREATE, 1L, 2L);
        // One more commit, and the table's oldest metadata file has to go with the next.
        new BaseTable(new TarnTableOperations(calm.parts(), world.admin, TableName.parse(table), null), table)
                .updateProperties()
                .set("write.metadata.previous-versions-max", "1")
                .set("format-version", change == Change.DELETE_BY_VECTORS ? "3" : "2")
                .commit();
        if (change == Change.DROP_SCHEMA) {
            views(calm).make(world.admin, TableName.parse(table).withTable("v"), World.view("select 1"), false);
        }
        if (change == Change.EXPIRE) {
            world.write(calm, table, WriteMode.OVERWRITE, 3L);
            world.write(calm, table, WriteMode.OVERWRITE, 1L, 2L);
        }
        if (change == Change.REMOVE_ORPHANS) {
            TestTables.leave(calm, world, table);
        }
        if (change == Change.UNDROP) {
            calm.tables().drop(world.admin, TableName.parse(table));
        }
        if (change == Change.APPEND_PARTITIONED) {
            new TableChanges(calm.parts(), calm.tables())
                    .alter(
                            world.admin,
                            TableName.parse(table),
                            new TableEdit.AddPartition(new TableShape.Partition(
                                    new TableShape.Transform(List.of("n"), "identity", 0), Optional.empty())));
        }
        return table;
    }

    private void cutOff(Change change, int step, Kind kind, String what) {
        String table = prepare(change);
        before = files(table);
        String run = "%s of %s, %s at step %d, %s".formatted(change, table, kind, step, what);
        Faults faults = Faults.at(step, kind);
        RuntimeException failure = null;
        try {
            run(change, world.server(faults), table);
        } catch (RuntimeException e) {
            failure = e;
        }
        if (!faults.dead()) {
            // The process goes on: what it has not cleaned up, it still knows.
            if (failure != null && !unclear(failure)) {
                assertThat(state(change, calm, table)).as(run + ": " + failure).isEqualTo(change.before());
            }
            if (world.intents() + world.doomed() == 0 && change != Change.REMOVE_ORPHANS) {
                assertThat(files(table)).as(run).isEqualTo(known(calm, table));
            }
        }

        World.Server restarted = world.restarted();
        if (change == Change.REMOVE_ORPHANS) {
            run(change, restarted, table); // what was not given up before goes with the next run
        }

        Optional<List<Object>> state = state(change, restarted, table);
        if (failure == null) {
            assertThat(state).as(run + ": acknowledged").isEqualTo(change.after());
        } else {
            assertThat(state).as(run + ": old or new").isIn(change.before(), change.after());
        }
        assertThat(files(table)).as(run + ": files").isEqualTo(known(restarted, table));
        assertThat(world.intents()).as(run + ": intents").isZero();
        assertThat(world.doomed()).as(run + ": files that wait").isZero();
        if (change == Change.DROP_SCHEMA) {
            String namespace = TableName.parse(table).namespaceText();
            assertThat(NamespaceContents.of(restarted.parts().store(), world.admin.tenantId(), namespace)
                            .pointers())
                    .as(run + ": all or nothing")
                    .hasSize(state.isPresent() ? 2 : 0);
        }
    }

    private static boolean unclear(RuntimeException failure) {
        return failure instanceof TarnException tarn && tarn.code() == ErrorCode.INTERNAL;
    }

    private Optional<List<Object>> state(Change change, World.Server server, String table) {
        try {
            Optional<ReadableView> view = views(server).find(world.admin, TableName.parse(table));
            if (view.isPresent()) {
                return Optional.of(List.of(view.get().sql().orElseThrow()));
            }
            List<Object> state = new ArrayList<>(world.rows(server, table));
            TableDescription described = server.tables().describe(world.admin, TableName.parse(table));
            described.description().ifPresent(state::add);
            described.columns().stream()
                    .map(Column::name)
                    .filter("added"::equals)
                    .forEach(state::add);
            if (change == Change.EXPIRE) {
                long versions = server.tables()
                        .snapshots(world.admin, TableName.parse(table), new PageRequest(10, Optional.empty()))
                        .items()
                        .size();
                state.add(versions + " versions");
            }
            return Optional.of(state);
        } catch (TarnException e) {
            assertThat(e.code()).isIn(ErrorCode.UNKNOWN_TABLE, ErrorCode.UNKNOWN_NAMESPACE);
            return Optional.empty();
        }
    }

    private Set<String> files(String table) {
        String namespace = "/" + TableName.parse(table).namespaceText() + "/";
        return world.files().stream()
                .filter(file -> file.contains(namespace))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the tables and views of the namespace name, and its dropped tables; a view's older versions stay. */
    private Set<String> known(World.Server server, String table) {
        String namespace = TableName.parse(table).namespaceText();
        Set<String> known = new TreeSet<>();
        server.parts()
                .store()
                .list(world.admin.tenantId(), Optional.empty(), Optional.of(namespace), CatalogStore.Place.START, 10)
                .forEach(pointer -> known.addAll(contents(server, table, pointer)));
        server
                .parts()
                .dropped()
                .named(world.admin.tenantId(), namespace, TableName.parse(table).table(), 10)
                .stream()
                .flatMap(row -> TableContents.of(server.parts(), row.metadataLocation()).stream())
                .forEach(known::add);
        return known;
    }

    private Set<String> contents(World.Server server, String table, Pointer pointer) {
        if (pointer.kind() == Pointer.Kind.TABLE) {
            return TableContents.of(server.parts(), pointer.location());
        }
        Set<String> versions = new TreeSet<>(Set.of(pointer.location()));
        if (server.parts().metadata().readView(pointer.location()).versions().size() > 1) {
            files(table).stream().filter(before::contains).forEach(versions::add);
        }
        return versions;
    }
}
