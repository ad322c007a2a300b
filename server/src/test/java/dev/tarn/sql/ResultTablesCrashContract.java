package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.Caller;
import dev.tarn.access.TestAccess;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.TestTables;
import dev.tarn.catalog.WriteMode;
import dev.tarn.catalog.WrittenFile;
import dev.tarn.engine.BoundStatement;
import dev.tarn.engine.Defaults;
import dev.tarn.engine.MaterializedRows;
import dev.tarn.engine.Reading;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import dev.tarn.storage.Faults;
import dev.tarn.storage.Faults.Kind;
import dev.tarn.storage.TestStorage;
import dev.tarn.storage.Warehouse;
import dev.tarn.usage.TestMeter;
import dev.tarn.worker.protocol.MaterializeTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
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
 * Cuts a result that becomes a table off at every step, of files and of the database. After a restart the table is the old one
 * or the new one, what was acknowledged is new, and no file is left that the table does not name.
 */
abstract class ResultTablesCrashContract {
    private static final Schema NUMBERS = new Schema(NestedField.optional(1, "n", Types.LongType.get()));

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

    /** A server process: new objects on the same database and folder. */
    private record Server(ResultTables results, Tables tables, TestStorage storage) {}

    @BeforeEach
    void start() {
        database = open(folder);
        access = TestAccess.on(database);
        admin = access.admin();
        calm = server(Faults.none(), 7);
    }

    @AfterEach
    void close() {
        access.close();
        database.close();
    }

    private Server server(Faults faults) {
        return server(faults, 1);
    }

    /** @param first of the two numbers that its queries give */
    private Server server(Faults faults, long first) {
        Random random = new Random(++servers);
        Ids ids = new Ids(access.clock(), random);
        TestStorage storage = TestStorage.on(database, folder.resolve("warehouse"), ids, access.clock(), faults);
        Tables tables = TestTables.on(database, access, storage, faults, random);
        ResultTables results = new ResultTables(
                access.access(),
                tables,
                (caller, bound, task, deadline, cancellation) -> numbers(task, first),
                TestMeter.allowance(database, tenant -> 0, access.clock()),
                1 << 20);
        return new Server(results, tables, storage);
    }

    /** Writes two files as a worker does. */
    private static MaterializedRows numbers(MaterializeTask task, long first) {
        List<WrittenFile> files = new ArrayList<>();
        for (long number = first; number < first + 2; number++) {
            Path file = Path.of(task.outputFolder(), task.filePrefix() + "-" + number + ".parquet");
            files.add(new WrittenFile(file, 1, TestTables.write(file, List.of(number))));
        }
        return new MaterializedRows(NUMBERS, files, 2, Reading.NONE);
    }

    private void keep(Server server, String table, WriteMode mode) {
        server.results()
                .keep(
                        admin,
                        BoundStatement.of("select n", Defaults.of(null, null)),
                        TableName.parse(table),
                        mode,
                        Deadline.in(access.clock(), Duration.ofMinutes(1)),
                        new Cancellation());
    }

    private String prepare(WriteMode mode) {
        String table = "iceberg.run%d.numbers".formatted(++runs);
        if (mode != WriteMode.CREATE) {
            keep(calm, table, WriteMode.CREATE);
        }
        return table;
    }

    private static List<Long> before(WriteMode mode) {
        return mode == WriteMode.CREATE ? List.of() : List.of(7L, 8L);
    }

    private static List<Long> after(WriteMode mode) {
        return mode == WriteMode.APPEND ? List.of(1L, 2L, 7L, 8L) : List.of(1L, 2L);
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"CHANGE", "MERGE", "REWRITE"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyStepCanBeCutOff(WriteMode mode) {
        Faults counting = Faults.none();
        keep(server(counting), prepare(mode), mode);
        List<String> steps = counting.steps();
        assertThat(steps).anyMatch(step -> step.startsWith("writeintent"));
        assertThat(steps).anyMatch(step -> step.startsWith("catalog"));
        for (int step = 1; step <= steps.size() + 1; step++) {
            String what = step > steps.size() ? "the end" : steps.get(step - 1);
            boolean ofStore = what.matches("(catalog|writeintent) .*");
            for (Kind kind : kinds(ofStore, what)) {
                if (everyFile() || ofStore || step % 5 == 0) {
                    cutOff(mode, step, kind, what);
                }
            }
        }
        System.out.printf("%s: %d steps, %d runs in all%n", mode, steps.size(), runs);
    }

    /** Dying after a step is dying before the next one, so only the other ways are tried. */
    private static List<Kind> kinds(boolean ofStore, String what) {
        if (ofStore) {
            return List.of(Kind.DIE_BEFORE, Kind.DIE_COMMITTED, Kind.FAIL_BEFORE, Kind.FAIL_AFTER);
        }
        return what.startsWith("write ")
                ? List.of(Kind.DIE_BEFORE, Kind.DIE_TORN, Kind.FAIL_BEFORE)
                : List.of(Kind.DIE_BEFORE, Kind.FAIL_BEFORE);
    }

    private void cutOff(WriteMode mode, int step, Kind kind, String what) {
        String table = prepare(mode);
        String run = "%s of %s, %s at step %d, %s".formatted(mode, table, kind, step, what);
        Faults faults = Faults.at(step, kind);
        Optional<RuntimeException> failure = Optional.empty();
        try {
            keep(server(faults), table, mode);
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
        if (!faults.dead() && failure.filter(e -> !isUnclear(e)).isPresent()) {
            // The process goes on, and has said that nothing was written.
            assertThat(rows(calm, table)).as(run).isEqualTo(before(mode));
        }

        Server restarted = server(Faults.none());
        restarted.storage().intents().recover(DatabaseKind.SQLITE);

        List<Long> rows = rows(restarted, table);
        Set<String> known = TestTables.files(database, restarted.storage(), admin, table);
        assertThat(rows).as(run + ": old or new").isIn(before(mode), after(mode));
        if (failure.isEmpty()) {
            assertThat(rows).as(run + ": acknowledged").isEqualTo(after(mode));
        }
        assertThat(files(table)).as(run + ": files").isEqualTo(known);
        assertThat(database.client()
                        .sql("SELECT COUNT(*) FROM write_intents")
                        .query(Long.class)
                        .single())
                .as(run + ": intents")
                .isZero();
    }

    private static boolean isUnclear(RuntimeException failure) {
        return failure instanceof TarnException tarn && tarn.code() == ErrorCode.INTERNAL;
    }

    private List<Long> rows(Server server, String table) {
        try {
            return TestTables.numbers(server.tables(), admin, table);
        } catch (TarnException e) {
            assertThat(e.code()).isIn(ErrorCode.UNKNOWN_TABLE, ErrorCode.UNKNOWN_NAMESPACE);
            return List.of();
        }
    }

    private Set<String> files(String table) {
        String namespace = "/" + TableName.parse(table).namespaceText() + "/";
        try (Stream<Path> paths = Files.walk(folder.resolve("warehouse"))) {
            return paths.filter(Files::isRegularFile)
                    .map(Warehouse::location)
                    .filter(file -> file.contains(namespace))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
