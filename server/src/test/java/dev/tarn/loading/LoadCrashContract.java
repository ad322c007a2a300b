package dev.tarn.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.catalog.TestTables;
import dev.tarn.catalog.WriteMode;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.Faults;
import dev.tarn.storage.Faults.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cuts loads and uploads off at every step, of files and of the database. After a restart a load reads completed exactly when
 * its rows are in the table, its rejects are kept exactly then, an upload is whole or not there, and no file is left that no row
 * names.
 */
abstract class LoadCrashContract {
    @TempDir
    Path folder;

    private LoadWorld world;
    private LoadWorld.Server calm;
    private int runs;

    abstract Database open(Path home);

    /** Files behave alike whatever the database is, so one of the two tests may leave most of their steps out. */
    abstract boolean everyFile();

    enum Change {
        CREATE,
        APPEND_ONCE,
        LOAD_UPLOAD,
        UPLOAD,
        DELETE_UPLOAD;

        boolean loads() {
            return this == CREATE || this == APPEND_ONCE || this == LOAD_UPLOAD;
        }
    }

    /** What one run works on. */
    private record Run(String table, UUID load, Optional<Upload> upload) {}

    @BeforeEach
    void open() {
        world = new LoadWorld(open(folder), folder);
        calm = world.server();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Run prepare(Change change) {
        String table = "iceberg.run%d.numbers".formatted(++runs);
        if (change == Change.APPEND_ONCE || change == Change.LOAD_UPLOAD) {
            world.load(calm, world.request(table, WriteMode.CREATE), "1\n");
        }
        Optional<Upload> upload = change == Change.LOAD_UPLOAD || change == Change.DELETE_UPLOAD
                ? Optional.of(world.upload(calm, "2\nx\n"))
                : Optional.empty();
        return new Run(table, UUID.randomUUID(), upload);
    }

    private void run(Change change, LoadWorld.Server server, Run run) {
        Optional<UUID> id = Optional.of(run.load());
        switch (change) {
            case CREATE -> world.load(server, world.request(run.table(), WriteMode.CREATE, id, false), "2\nx\n");
            case APPEND_ONCE -> world.load(server, world.request(run.table(), WriteMode.APPEND, id, true), "2\nx\n");
            case LOAD_UPLOAD ->
                server.loads()
                        .load(
                                world.admin,
                                run.upload().orElseThrow().id(),
                                world.request(run.table(), WriteMode.APPEND, id, false),
                                done -> {});
            case UPLOAD -> world.upload(server, "2\n");
            case DELETE_UPLOAD ->
                server.uploads().delete(world.admin, run.upload().orElseThrow().id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyStepCanBeCutOff(Change change) {
        Faults counting = Faults.none();
        run(change, world.server(counting), prepare(change));
        List<String> steps = counting.steps();
        assertThat(steps).anyMatch(step -> step.startsWith("writeintent"));
        for (int step = 1; step <= steps.size() + 1; step++) {
            String what = step > steps.size() ? "the end" : steps.get(step - 1);
            boolean ofStore = what.matches("(catalog|writeintent|load|upload|content) .*");
            for (Kind kind : kinds(ofStore, what)) {
                if (everyFile() || ofStore || step % 5 == 0) {
                    cutOff(change, step, kind, what);
                }
            }
        }
        System.out.printf("%s: %d steps, %d runs in all%n", change, steps.size(), runs);
    }

    private static List<Kind> kinds(boolean ofStore, String what) {
        if (ofStore) {
            return List.of(Kind.DIE_BEFORE, Kind.DIE_COMMITTED, Kind.FAIL_BEFORE, Kind.FAIL_AFTER);
        }
        return what.startsWith("write ")
                ? List.of(Kind.DIE_BEFORE, Kind.DIE_TORN, Kind.FAIL_BEFORE)
                : List.of(Kind.DIE_BEFORE, Kind.FAIL_BEFORE);
    }

    private void cutOff(Change change, int step, Kind kind, String what) {
        Run run = prepare(change);
        String title = "%s of %s, %s at step %d, %s".formatted(change, run, kind, step, what);
        Faults faults = Faults.at(step, kind);
        RuntimeException failure = null;
        try {
            run(change, world.server(faults), run);
        } catch (RuntimeException e) {
            failure = e;
        }

        LoadWorld.Server restarted = world.restarted();

        assertThat(world.all(restarted)).as(title).allMatch(load -> load.state().isOver());
        if (change.loads()) {
            boolean loaded = numbers(restarted, run).contains(2L);
            Optional<Load> load = world.all(restarted).stream()
                    .filter(one -> one.id().equals(run.load()))
                    .findFirst();
            assertThat(load.map(Load::state)
                            .filter(state -> state == LoadState.COMPLETED)
                            .isPresent())
                    .as(title + ": completed")
                    .isEqualTo(loaded);
            assertThat(load.flatMap(Load::rejectsUntil).isPresent()).as(title).isEqualTo(loaded);
            if (failure == null) {
                assertThat(loaded).as(title + ": acknowledged").isTrue();
            }
            run.upload()
                    .ifPresent(upload -> assertThat(isThere(restarted, upload))
                            .as(title + ": upload")
                            .isEqualTo(!loaded));
        }
        if (failure == null && change == Change.DELETE_UPLOAD) {
            assertThat(isThere(restarted, run.upload().orElseThrow())).as(title).isFalse();
        }
        assertThat(world.blobs()).as(title + ": files").isEqualTo(world.knownBlobs(restarted));
        assertThat(world.intents()).as(title + ": intents").isZero();
    }

    private List<Long> numbers(LoadWorld.Server server, Run run) {
        try {
            return TestTables.numbers(server.tables(), world.admin, run.table());
        } catch (TarnException e) {
            assertThat(e.code()).isIn(ErrorCode.UNKNOWN_TABLE, ErrorCode.UNKNOWN_NAMESPACE);
            return List.of();
        }
    }

    private boolean isThere(LoadWorld.Server server, Upload upload) {
        try {
            assertThat(server.uploads().get(world.admin, upload.id())).isEqualTo(upload);
            return true;
        } catch (TarnException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
            return false;
        }
    }
}
