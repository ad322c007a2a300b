package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.database.Database;
import dev.tarn.storage.Faults;
import dev.tarn.storage.Faults.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cuts commits of other engines off at every step of files and stores. After a restart a table, or all tables of a transaction, are
 * as before or as after, what was acknowledged is after, the same request again is answered and done once, and no file is left that
 * no table names.
 */
abstract class IcebergCommitCrashContract {
    @TempDir
    Path folder;

    private World world;
    private World.Server calm;
    private int runs;

    abstract Database open(Path home);

    enum What {
        COMMIT(1),
        TRANSACTION(3),
        CREATE(0);

        private final int tables;

        What(int tables) {
            this.tables = tables;
        }
    }

    @BeforeEach
    void start() {
        world = new World(open(folder), folder);
        calm = world.server();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private IcebergTables tables(World.Server server) {
        return new IcebergTables(server.parts(), new Views(server.parts(), world.access.clock()));
    }

    private static UpdateTableRequest setting(Namespace namespace, int table) {
        return UpdateTableRequest.create(
                TableIdentifier.of(namespace, "t" + table),
                List.<UpdateRequirement>of(),
                List.<MetadataUpdate>of(new MetadataUpdate.SetProperties(Map.of("note", "x"))));
    }

    private void run(What what, World.Server server, Namespace namespace) {
        IcebergTables tables = tables(server);
        switch (what) {
            case COMMIT -> tables.commit(world.admin, TableIdentifier.of(namespace, "t0"), setting(namespace, 0));
            case TRANSACTION ->
                tables.commit(
                        world.admin, List.of(setting(namespace, 0), setting(namespace, 1), setting(namespace, 2)));
            case CREATE ->
                tables.create(
                        world.admin,
                        namespace,
                        CreateTableRequest.builder()
                                .withName("t0")
                                .withSchema(World.NUMBERS)
                                .build());
        }
    }

    private Namespace prepare(What what) {
        Namespace namespace = Namespace.of("run" + ++runs);
        TarnCatalog catalog = new TarnCatalog(calm.parts(), world.admin);
        catalog.createNamespace(namespace, Map.of());
        for (int table = 0; table < what.tables; table++) {
            catalog.createTable(TableIdentifier.of(namespace, "t" + table), World.NUMBERS);
        }
        return namespace;
    }

    /** Which of the tables are as afterwards. */
    private Set<String> changed(World.Server server, What what, Namespace namespace) {
        TarnCatalog catalog = new TarnCatalog(server.parts(), world.admin);
        Set<String> changed = new TreeSet<>();
        for (TableIdentifier table : catalog.listTables(namespace)) {
            if (what == What.CREATE || catalog.loadTable(table).properties().containsKey("note")) {
                changed.add(table.name());
            }
        }
        return changed;
    }

    private static Set<String> after(What what) {
        return what == What.TRANSACTION ? Set.of("t0", "t1", "t2") : Set.of("t0");
    }

    @ParameterizedTest
    @EnumSource
    void everyStepCanBeCutOff(What what) {
        Faults counting = Faults.none();
        Namespace counted = prepare(what);
        run(what, world.server(counting), counted);
        assertThat(changed(calm, what, counted)).isEqualTo(after(what));
        List<String> steps = counting.steps();
        assertThat(steps).anyMatch(step -> step.startsWith("writeintent "));
        for (int step = 1; step <= steps.size() + 1; step++) {
            String name = step > steps.size() ? "the end" : steps.get(step - 1);
            boolean ofStore = name.startsWith("catalog ") || name.startsWith("writeintent ");
            for (Kind kind : ofStore
                    ? List.of(Kind.DIE_BEFORE, Kind.DIE_COMMITTED, Kind.FAIL_AFTER)
                    : List.of(Kind.DIE_BEFORE, Kind.FAIL_BEFORE)) {
                cutOff(what, step, kind, name);
            }
        }
        System.out.printf("%s: %d steps, %d runs in all%n", what, steps.size(), runs);
    }

    private void cutOff(What what, int step, Kind kind, String name) {
        Namespace namespace = prepare(what);
        String run = "%s, %s at step %d, %s".formatted(what, kind, step, name);
        boolean acknowledged = true;
        try {
            run(what, world.server(Faults.at(step, kind)), namespace);
        } catch (RuntimeException e) {
            acknowledged = false;
        }

        World.Server restarted = world.restarted();

        Set<String> changed = changed(restarted, what, namespace);
        if (acknowledged) {
            assertThat(changed).as(run + ": acknowledged").isEqualTo(after(what));
        } else {
            assertThat(changed).as(run + ": all or none").isIn(Set.of(), after(what));
        }
        assertThat(world.files()).as(run + ": files").isEqualTo(world.knownFiles(restarted));
        assertThat(world.intents()).as(run + ": intents").isZero();
    }
}
