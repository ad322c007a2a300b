package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.TestAccess;
import dev.tarn.engine.TestResults;
import dev.tarn.jobs.Job;
import dev.tarn.jobs.JobHandler;
import dev.tarn.jobs.JobRun;
import dev.tarn.jobs.NewJob;
import dev.tarn.jobs.TestJobs;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import dev.tarn.storage.Faults;
import dev.tarn.storage.Faults.Kind;
import dev.tarn.storage.TestStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/**
 * Cuts off, at every step of files and stores, a submitted statement that keeps its result, and the forgetting of one. After a
 * restart a statement reads completed exactly when its rows are there, and no file is left that no row names.
 */
abstract class ResultCrashContract {
    private static final String KIND = "kept";

    @TempDir
    Path folder;

    private Database database;
    private TestAccess access;
    private int servers;
    private int runs;

    abstract Database open(Path home);

    @BeforeEach
    void openWorld() {
        database = open(folder);
        access = TestAccess.on(database);
    }

    @AfterEach
    void close() {
        access.close();
        database.close();
    }

    /** Keeps a row as {@link StatementJob} keeps what the engine answers. */
    private record Keeping(ResultFolders folders, TestAccess access) implements JobHandler {
        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public void run(JobRun run) {
            folders.keep(run, TestResults.number(7), access.access().rights(run.caller()), () -> {}, () -> {});
        }

        @Override
        public Duration kept() {
            return Duration.ofDays(1);
        }

        @Override
        public Runnable forget(Job job) {
            return folders.forget(job);
        }
    }

    private record Server(TestJobs jobs, ResultFolders folders, TestStorage storage) {}

    private Server server(Faults faults) {
        servers++;
        Ids ids = new Ids(access.clock(), new Random(servers));
        TestStorage storage = TestStorage.on(database, folder.resolve("warehouse"), ids, access.clock(), faults);
        ResultFolders folders = new ResultFolders(TestResults.kept(), storage.blobs());
        TestJobs jobs = new TestJobs(database, access, "server " + servers, new Keeping(folders, access), faults);
        return new Server(jobs, folders, storage);
    }

    private Server restarted() {
        Server server = server(Faults.none());
        server.storage().intents().recover(DatabaseKind.SQLITE);
        server.jobs().recover();
        return server;
    }

    private UUID add(Server server) {
        UUID id = new UUID(1, ++runs);
        server.jobs().jobs().add(access.admin(), new NewJob(id, KIND, "{}"), () -> {});
        return id;
    }

    private static List<Kind> kinds(String what) {
        if (what.startsWith("write ")) {
            return List.of(Kind.DIE_BEFORE, Kind.DIE_TORN, Kind.FAIL_BEFORE);
        }
        return what.matches("(job|writeintent) .*")
                ? List.of(Kind.DIE_BEFORE, Kind.DIE_COMMITTED, Kind.FAIL_BEFORE, Kind.FAIL_AFTER)
                : List.of(Kind.DIE_BEFORE, Kind.FAIL_BEFORE);
    }

    @Test
    void everyStepOfKeepingAResultCanBeCutOff() {
        Faults counting = Faults.none();
        Server counted = server(counting);
        add(counted);
        counting.restart();
        counted.jobs().turn();
        List<String> steps = counting.steps();
        assertThat(steps).contains("job complete").anyMatch(step -> step.startsWith("write "));
        for (int step = 1; step <= steps.size(); step++) {
            for (Kind kind : kinds(steps.get(step - 1))) {
                UUID id = add(server(Faults.none()));
                Server cut = server(Faults.at(step, kind));
                attempt(() -> cut.jobs().turn());
                check("%s at step %d, %s".formatted(kind, step, steps.get(step - 1)), id);
            }
        }
        System.out.printf("%d steps of keeping a result, %d runs%n", steps.size(), runs);
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (DataAccessException | TarnException | UncheckedIOException e) {
            // The process is dead, or has told its log.
        }
    }

    private void check(String title, UUID id) {
        access.clock().advance(Duration.ofSeconds(31));
        Server restarted = restarted();
        while (restarted.jobs().turn()) {
            // Whatever waits again runs.
        }
        Job job = find(restarted, id).orElseThrow();
        assertThat(job.state().isOver()).as(title).isTrue();
        if (job.state() == Job.State.COMPLETED) {
            assertThat(restarted.folders().open(job).rowCount()).as(title).isEqualTo(1);
        }
        assertOnlyCompletedHaveFolders(title);
    }

    private Optional<Job> find(Server server, UUID id) {
        return server.jobs().jobs().find(access.admin(), KIND, id);
    }

    private void assertOnlyCompletedHaveFolders(String title) {
        long completed = count("SELECT count(*) FROM jobs WHERE state = 'completed'");
        assertThat(folders()).as(title + ": folders").isEqualTo(completed);
        assertThat(count("SELECT count(*) FROM write_intents")).as(title).isZero();
    }

    private long count(String sql) {
        return database.client().sql(sql).query(Long.class).single();
    }

    private long folders() {
        Path files = folder.resolve("warehouse/_files/" + access.admin().tenantId());
        try (Stream<Path> all = Files.exists(files) ? Files.list(files) : Stream.empty()) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyStepOfForgettingOneCanBeCutOff() {
        Faults counting = Faults.none();
        Server counted = server(counting);
        forgettable(counted);
        counting.restart();
        counted.jobs().forgetExpired();
        List<String> steps = counting.steps();
        assertThat(steps).contains("job remove", "writeintent insert");
        for (int step = 1; step <= steps.size(); step++) {
            for (Kind kind : kinds(steps.get(step - 1))) {
                UUID id = forgettable(server(Faults.none()));
                Server cut = server(Faults.at(step, kind));
                attempt(() -> cut.jobs().forgetExpired());
                String title = "%s at step %d, %s".formatted(kind, step, steps.get(step - 1));
                access.clock().advance(Duration.ofSeconds(91));
                Server restarted = restarted();
                assertOnlyCompletedHaveFolders(title);
                restarted.jobs().forgetExpired();
                assertThat(find(restarted, id)).as(title).isEmpty();
                assertOnlyCompletedHaveFolders(title);
            }
        }
        System.out.printf("%d steps of forgetting a result, %d runs%n", steps.size(), runs);
    }

    private UUID forgettable(Server server) {
        UUID id = add(server);
        server.jobs().turn();
        access.clock().advance(Duration.ofHours(25));
        return id;
    }
}
