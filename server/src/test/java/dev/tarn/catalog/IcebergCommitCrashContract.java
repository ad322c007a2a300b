package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.api.Answer;
import dev.tarn.api.Contract;
import dev.tarn.api.IdempotentRequests;
import dev.tarn.api.TestIdempotency;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.Faults;
import dev.tarn.storage.Faults.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cuts commits of other engines off at every step of files and stores. After a restart a table, or all tables of a transaction, are
 * as before or as after, what was acknowledged is after, the same request again, with the same Idempotency-Key, is answered and
 * has been done once, and no file is left that no table names.
 */
abstract class IcebergCommitCrashContract {
    private static final String ADDED = "added";

    @TempDir
    Path folder;

    private World world;
    private World.Server calm;
    private int runs;
    private int servers;

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

    private UpdateTableRequest adding(Namespace namespace, int table) {
        Schema wider = TypeUtil.join(World.NUMBERS, new Schema(NestedField.optional(3, ADDED, Types.LongType.get())));
        return UpdateTableRequest.create(
                TableIdentifier.of(namespace, "t" + table),
                List.<UpdateRequirement>of(new UpdateRequirement.AssertLastAssignedFieldId(2)),
                List.<MetadataUpdate>of(new MetadataUpdate.AddSchema(wider), new MetadataUpdate.SetCurrentSchema(-1)));
    }

    /** The request as a client sends it again and again, with one key, to whatever server. */
    private Answer run(What what, World.Server server, Namespace namespace) {
        try (IdempotentRequests requests =
                TestIdempotency.on(world.database, world.access.clock(), server.faults(), new Random(++servers))) {
            return requests.settled(
                    world.admin,
                    Contract.ICEBERG,
                    "key-" + namespace,
                    "hash",
                    early -> work(what, server, namespace, early));
        }
    }

    private Answer work(What what, World.Server server, Namespace namespace, Consumer<Answer> early) {
        IcebergTables tables = new CatalogCommits(server.parts(), new Views(server.parts(), world.access.clock()))
                .icebergWith(
                        world.admin,
                        effect -> early.accept(
                                effect instanceof Effect.Metadata(String location)
                                        ? Answer.of(200, location)
                                        : Answer.of(204, "")))
                .tables();
        return switch (what) {
            case COMMIT ->
                answer(tables.commit(world.admin, TableIdentifier.of(namespace, "t0"), adding(namespace, 0)));
            case TRANSACTION -> {
                tables.commit(world.admin, List.of(adding(namespace, 0), adding(namespace, 1), adding(namespace, 2)));
                yield Answer.of(204, "");
            }
            case CREATE ->
                answer(tables.create(
                        world.admin,
                        namespace,
                        CreateTableRequest.builder()
                                .withName("t0")
                                .withSchema(World.NUMBERS)
                                .build()));
        };
    }

    private static Answer answer(TableMetadata metadata) {
        return Answer.of(200, metadata.metadataFileLocation());
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
            if (what == What.CREATE || catalog.loadTable(table).schema().findField(ADDED) != null) {
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
            boolean ofStore =
                    Stream.of("catalog ", "writeintent ", "idempotency ").anyMatch(name::startsWith);
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
        world.access.clock().advance(Duration.ofSeconds(31)); // by then nobody waits for who died with the key

        Set<String> changed = changed(restarted, what, namespace);
        if (acknowledged) {
            assertThat(changed).as(run + ": acknowledged").isEqualTo(after(what));
        } else {
            assertThat(changed).as(run + ": all or none").isIn(Set.of(), after(what));
        }
        assertThat(world.files()).as(run + ": files").isEqualTo(world.knownFiles(restarted));
        assertThat(world.intents()).as(run + ": intents").isZero();

        Answer again = run(what, restarted, namespace);

        assertThat(again.status()).as(run + ": again").isLessThan(300);
        assertThat(changed(restarted, what, namespace)).as(run + ": again").isEqualTo(after(what));
        if (what != What.TRANSACTION) {
            String now = restarted
                    .parts()
                    .store()
                    .find(world.admin.tenantId(), namespace.level(0), "t0")
                    .orElseThrow()
                    .location();
            assertThat(again.body()).as(run + ": again").contains(now);
        }
        assertThat(world.files()).as(run + ": files again").isEqualTo(world.knownFiles(restarted));
    }
}
