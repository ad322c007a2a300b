package dev.tarn.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.TestAccess;
import dev.tarn.adoption.AdoptedTable.Outcome;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.TestTables;
import dev.tarn.jobs.Job;
import dev.tarn.jobs.NewJob;
import dev.tarn.jobs.TestJobs;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import dev.tarn.platform.network.OutboundHttp;
import dev.tarn.platform.network.OutboundSettings;
import dev.tarn.platform.secrets.SealedValues;
import dev.tarn.platform.secrets.TestSecrets;
import dev.tarn.storage.Faults;
import dev.tarn.storage.Faults.Kind;
import dev.tarn.storage.TestStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/**
 * Cuts an adoption of a lake off at every step of the stores. After a restart it ends with every table registered, once; the lake's
 * files are as they were, and the secret is gone.
 */
abstract class AdoptionCrashContract {
    private static final List<Kind> KINDS =
            List.of(Kind.DIE_BEFORE, Kind.DIE_COMMITTED, Kind.FAIL_BEFORE, Kind.FAIL_AFTER);

    private final OutboundHttp http = new OutboundHttp(new OutboundSettings(List.of()));

    @TempDir
    Path folder;

    private Database database;
    private TestAccess access;
    private SealedValues sealed;
    private int servers;
    private int runs;

    abstract Database open(Path home);

    /** What is cut off does not depend on the database, so one of the two tests may leave most steps out. */
    abstract int everySoManySteps();

    @BeforeEach
    void openWorld() {
        database = open(folder);
        access = TestAccess.on(database);
        sealed = TestSecrets.on(database);
        try (HadoopLake lake = new HadoopLake(lake())) {
            lake.table("a.one", 1);
            lake.table("b.two", 2);
        }
    }

    @AfterEach
    void close() {
        http.close();
        access.close();
        database.close();
    }

    private Path lake() {
        return folder.resolve("granted/lake");
    }

    private record Server(TestJobs jobs, Tables tables, TestStorage storage) {}

    private Server server(Faults faults) {
        Random random = new Random(++servers);
        Ids ids = new Ids(access.clock(), random);
        TestStorage storage = TestStorage.on(database, folder.resolve("warehouse"), ids, access.clock(), faults);
        TestTables.Iceberg iceberg = TestTables.iceberg(database, access, storage, faults, random);
        AdoptionJob job = new AdoptionJob(
                new AdoptionSources(storage.warehouse(), storage.files(), http, sealed),
                new TableAdopter(iceberg.tables(), iceberg.namespaces()),
                sealed,
                access.clock());
        TestJobs jobs = new TestJobs(database, access, "server " + servers, job, faults);
        return new Server(jobs, TestTables.on(database, access, storage, faults, random), storage);
    }

    private UUID add(Server server) {
        UUID id = new UUID(1, ++runs);
        WantedAdoption wanted = new WantedAdoption(
                WantedAdoption.Kind.HADOOP,
                lake().toString(),
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                "run" + runs,
                false);
        server.jobs()
                .jobs()
                .add(
                        access.admin(),
                        new NewJob(id, AdoptionJob.KIND, AdoptionJob.payload(wanted)),
                        () -> sealed.put(
                                new dev.tarn.platform.secrets.SealedName(
                                        access.admin().tenantId(), AdoptionJob.KIND, id.toString()),
                                new CatalogSecret(CatalogSecret.Kind.TOKEN, "x").bytes()));
        return id;
    }

    @Test
    void everyStepCanBeCutOff() {
        Map<Path, String> before = HadoopLake.files(lake());
        Faults counting = Faults.none();
        Server counted = server(counting);
        UUID first = add(counted);
        counting.restart();
        counted.jobs().turn();
        List<String> steps = counting.steps();
        check("uncut", first, before);
        assertThat(steps).contains("job note", "job complete", "catalog insert", "catalog createNamespace");
        for (int step = 1; step <= steps.size(); step += everySoManySteps()) {
            // Each way at every fourth step: two tables go through the same steps.
            Kind kind = KINDS.get(step % KINDS.size());
            UUID id = add(server(Faults.none()));
            Server cut = server(Faults.at(step, kind));
            attempt(() -> cut.jobs().turn());
            check("%s at step %d, %s".formatted(kind, step, steps.get(step - 1)), id, before);
        }
        System.out.printf("%d steps of an adoption, %d runs%n", steps.size(), runs);
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (DataAccessException | TarnException e) {
            // The process is dead, or has told its log.
        }
    }

    private void check(String title, UUID id, Map<Path, String> before) {
        access.clock().advance(Duration.ofSeconds(91));
        Server restarted = server(Faults.none());
        restarted.storage().intents().recover(DatabaseKind.SQLITE);
        restarted.jobs().recover();
        access.clock().advance(Duration.ofMinutes(10)); // a job that runs again waits for a while
        while (restarted.jobs().turn()) {
            access.clock().advance(Duration.ofMinutes(10));
        }
        Job job = restarted
                .jobs()
                .jobs()
                .find(access.admin(), AdoptionJob.KIND, id)
                .orElseThrow();
        assertThat(job.state()).as(title + ": " + job.failure()).isEqualTo(Job.State.COMPLETED);
        assertThat(AdoptionJob.found(job).orElseThrow())
                .as(title)
                .hasSize(2)
                .allSatisfy(table -> assertThat(table.outcome()).isEqualTo(Outcome.REGISTERED));
        String into = AdoptionJob.wanted(job).into();
        for (Map.Entry<String, Long> table : Map.of("a.one", 1L, "b.two", 2L).entrySet()) {
            String name = "iceberg." + into + "." + table.getKey();
            assertThat(TestTables.numbers(restarted.tables(), access.admin(), name))
                    .as(title)
                    .containsExactly(table.getValue());
            restarted.tables().drop(access.admin(), TableName.parse(name));
        }
        assertThat(count("SELECT count(*) FROM iceberg_tables"))
                .as(title + ": once")
                .isZero();
        assertThat(count("SELECT count(*) FROM write_intents")).as(title).isZero();
        assertThat(count("SELECT count(*) FROM sealed_values WHERE purpose = 'adoption'"))
                .as(title + ": the secret")
                .isZero();
        assertThat(HadoopLake.files(lake())).as(title).isEqualTo(before);
    }

    private long count(String sql) {
        return database.client().sql(sql).query(Long.class).single();
    }
}
