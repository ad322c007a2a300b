package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.Caller;
import dev.tarn.access.TestAccess;
import dev.tarn.catalog.CatalogCommits;
import dev.tarn.catalog.SchemaEdit;
import dev.tarn.catalog.StagedCatalog;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.TestTables;
import dev.tarn.catalog.WriteMode;
import dev.tarn.catalog.WrittenFile;
import dev.tarn.jobs.Job;
import dev.tarn.jobs.JobHandler;
import dev.tarn.jobs.JobRun;
import dev.tarn.jobs.NewJob;
import dev.tarn.jobs.TestJobs;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import dev.tarn.storage.Faults;
import dev.tarn.storage.Faults.Kind;
import dev.tarn.storage.TestStorage;
import dev.tarn.storage.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cuts off, at every step of files and stores, jobs that change the catalog in the transaction that completes them, as {@link
 * SubmittedChanges} does. After a restart a job reads completed exactly when all of its change is there, once; any other job has
 * failed, nothing of its change is there, and no file is left that no table names.
 */
abstract class SubmittedChangesCrashContract {
    private static final Schema NUMBERS = new Schema(NestedField.optional(1, "n", Types.LongType.get()));
    private static final String KIND = "change";

    @TempDir
    Path folder;

    private Database database;
    private TestAccess access;
    private Caller admin;
    private Server calm;
    private int servers;
    private int runs;

    abstract Database open(Path home);

    /** Files behave alike whatever the database is, so one of the two tests may leave most of their steps out. */
    abstract boolean everyFile();

    private record Server(TestJobs jobs, Tables tables, CatalogCommits commits, TestStorage storage) {}

    /** What a job does. The tables a and c are there before, and b is not. */
    enum What {
        INSERT,
        OVERWRITE,
        CREATE,
        ALTER,
        RENAME,
        DROP,
        MAKE_SCHEMA,
        SCRIPT;

        Map<String, List<Long>> before() {
            return state(Map.of("a", List.of(7L, 8L), "c", List.of(9L)));
        }

        Map<String, List<Long>> after() {
            return state(
                    switch (this) {
                        case INSERT -> Map.of("a", List.of(1L, 7L, 8L), "c", List.of(9L));
                        case OVERWRITE -> Map.of("a", List.of(1L), "c", List.of(9L));
                        case CREATE -> Map.of("a", List.of(7L, 8L), "b", List.of(1L), "c", List.of(9L));
                        case ALTER -> Map.of("a", List.of(7L, 8L), "c", List.of(9L), "a has a column", List.of());
                        case RENAME -> Map.of("a", List.of(7L, 8L), "d", List.of(9L));
                        case DROP -> Map.of("a", List.of(7L, 8L));
                        case MAKE_SCHEMA -> Map.of("a", List.of(7L, 8L), "c", List.of(9L), "inner", List.of());
                        case SCRIPT -> Map.of("a", List.of(1L, 2L, 7L, 8L), "b", List.of(3L, 4L));
                    });
        }

        private static Map<String, List<Long>> state(Map<String, List<Long>> tables) {
            return new TreeMap<>(tables);
        }
    }

    @BeforeEach
    void start() {
        database = open(folder);
        access = TestAccess.on(database);
        admin = access.admin();
        calm = server(Faults.none());
    }

    @AfterEach
    void close() {
        access.close();
        database.close();
    }

    private Server server(Faults faults) {
        servers++;
        Random random = new Random(servers);
        Ids ids = new Ids(access.clock(), random);
        TestStorage storage = TestStorage.on(database, folder.resolve("warehouse"), ids, access.clock(), faults);
        CatalogCommits commits = TestTables.commits(database, access, storage, faults, random);
        TestJobs jobs = new TestJobs(database, access, "server " + servers, new Changing(commits), faults);
        return new Server(jobs, TestTables.on(database, access, storage, faults, random), commits, storage);
    }

    private record Changing(CatalogCommits commits) implements JobHandler {
        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Duration kept() {
            return Duration.ofDays(1);
        }

        @Override
        public void run(JobRun run) {
            String[] payload = run.job().payload().split(" ", -1);
            String namespace = "iceberg." + payload[1];
            Caller caller = run.caller();
            CatalogCommits.Facades catalog = commits.with(caller, () -> run.complete("{}", () -> {}));
            Tables tables = catalog.tables();
            switch (What.valueOf(payload[0])) {
                case INSERT -> write(tables, caller, namespace + ".a", WriteMode.APPEND, 1L);
                case OVERWRITE -> write(tables, caller, namespace + ".a", WriteMode.OVERWRITE, 1L);
                case CREATE -> write(tables, caller, namespace + ".b", WriteMode.CREATE, 1L);
                case ALTER ->
                    tables.alterColumns(
                            caller,
                            TableName.parse(namespace + ".a"),
                            List.of(new SchemaEdit.Add("more", "STRING", Optional.empty())));
                case RENAME ->
                    tables.rename(caller, TableName.parse(namespace + ".c"), TableName.parse(namespace + ".d"));
                case DROP -> tables.drop(caller, TableName.parse(namespace + ".c"));
                case MAKE_SCHEMA -> catalog.namespaces().create(caller, List.of(payload[1], "inner"));
                case SCRIPT -> script(run, namespace);
            }
        }

        private void script(JobRun run, String namespace) {
            try (StagedCatalog staged = commits.staged(run.caller())) {
                write(staged.tables(), run.caller(), namespace + ".a", WriteMode.APPEND, 1L);
                write(staged.tables(), run.caller(), namespace + ".b", WriteMode.CREATE, 3L);
                write(staged.tables(), run.caller(), namespace + ".a", WriteMode.APPEND, 2L);
                write(staged.tables(), run.caller(), namespace + ".b", WriteMode.APPEND, 4L);
                staged.tables().drop(run.caller(), TableName.parse(namespace + ".c"));
                assertThat(staged.commit(() -> run.complete("{}", () -> {}))).isTrue();
            }
        }
    }

    private static void write(Tables tables, Caller caller, String table, WriteMode mode, Long... numbers) {
        try (TableWrite write = tables.begin(caller, TableName.parse(table), mode)) {
            Path file = write.dataFolder().resolve(write.filePrefix() + "-0.parquet");
            long bytes = TestTables.write(file, Arrays.asList(numbers));
            write.commit(NUMBERS, List.of(new WrittenFile(file, numbers.length, bytes)));
        }
    }

    private String prepare() {
        String namespace = "run" + ++runs;
        write(calm.tables(), admin, "iceberg." + namespace + ".a", WriteMode.CREATE, 7L, 8L);
        write(calm.tables(), admin, "iceberg." + namespace + ".c", WriteMode.CREATE, 9L);
        return namespace;
    }

    private UUID add(What what, String namespace) {
        UUID id = new UUID(1, runs);
        calm.jobs().jobs().add(admin, new NewJob(id, KIND, what + " " + namespace), () -> {});
        return id;
    }

    @ParameterizedTest
    @EnumSource
    void everyStepCanBeCutOff(What what) {
        Faults counting = Faults.none();
        Server counted = server(counting);
        add(what, prepare());
        counting.restart();
        counted.jobs().turn();
        List<String> steps = counting.steps();
        assertThat(steps).contains("job complete");
        for (int step = 1; step <= steps.size(); step++) {
            String name = steps.get(step - 1);
            boolean ofStore = name.matches("(catalog|writeintent|job) .*");
            for (Kind kind : kinds(ofStore, name)) {
                if (ofStore || step % stride(what) == 0) {
                    cutOff(what, step, kind, name);
                }
            }
        }
        System.out.printf("%s: %d steps, %d runs%n", what, steps.size(), runs);
    }

    /** A script writes its files as the other changes do, in all of which each file is cut off. */
    private int stride(What what) {
        if (!everyFile()) {
            return 5;
        }
        return what == What.SCRIPT ? 3 : 1;
    }

    private static List<Kind> kinds(boolean ofStore, String what) {
        if (ofStore) {
            return List.of(Kind.DIE_BEFORE, Kind.DIE_COMMITTED, Kind.FAIL_BEFORE, Kind.FAIL_AFTER);
        }
        return what.startsWith("write ")
                ? List.of(Kind.DIE_BEFORE, Kind.DIE_TORN, Kind.FAIL_BEFORE)
                : List.of(Kind.DIE_BEFORE, Kind.FAIL_BEFORE);
    }

    private void cutOff(What what, int step, Kind kind, String name) {
        String namespace = prepare();
        UUID id = add(what, namespace);
        String title = "%s in %s, %s at step %d, %s".formatted(what, namespace, kind, step, name);
        try {
            server(Faults.at(step, kind)).jobs().turn();
        } catch (RuntimeException e) {
            // The process is dead.
        }
        access.clock().advance(Duration.ofSeconds(91));
        Server restarted = server(Faults.none());
        restarted.storage().intents().recover(DatabaseKind.SQLITE);
        restarted.jobs().recover();
        while (restarted.jobs().turn()) {
            // One that was never taken runs now.
        }

        Job job = restarted.jobs().jobs().find(admin, KIND, id).orElseThrow();
        assertThat(job.state()).as(title).isIn(Job.State.COMPLETED, Job.State.FAILED);
        assertThat(state(restarted, namespace))
                .as(title + ": " + job.state())
                .isEqualTo(job.state() == Job.State.COMPLETED ? what.after() : what.before());
        assertThat(files(namespace)).as(title + ": files").isEqualTo(known(restarted, namespace));
        assertThat(database.client()
                        .sql("SELECT COUNT(*) FROM write_intents")
                        .query(Long.class)
                        .single())
                .as(title + ": intents")
                .isZero();
    }

    private Map<String, List<Long>> state(Server server, String namespace) {
        Map<String, List<Long>> state = new TreeMap<>();
        for (String table : List.of("a", "b", "c", "d")) {
            String name = "iceberg.%s.%s".formatted(namespace, table);
            try {
                state.put(table, TestTables.numbers(server.tables(), admin, name));
                if (server.tables()
                                .describe(admin, TableName.parse(name))
                                .columns()
                                .size()
                        > 1) {
                    state.put(table + " has a column", List.of());
                }
            } catch (TarnException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_TABLE);
            }
        }
        try {
            server.tables().namespace(admin, List.of(namespace, "inner"));
            state.put("inner", List.of());
        } catch (TarnException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_NAMESPACE);
        }
        return state;
    }

    private Set<String> known(Server server, String namespace) {
        return Stream.of("a", "b", "c", "d")
                .map(table -> "iceberg.%s.%s".formatted(namespace, table))
                .flatMap(table -> Stream.concat(
                        TestTables.files(database, server.storage(), admin, table).stream(),
                        TestTables.droppedFiles(database, server.storage(), admin, table).stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> files(String namespace) {
        try (Stream<Path> paths = Files.walk(folder.resolve("warehouse"))) {
            return paths.filter(Files::isRegularFile)
                    .map(Warehouse::location)
                    .filter(file -> file.contains("/" + namespace + "/"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
