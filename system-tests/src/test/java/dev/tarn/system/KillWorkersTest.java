package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** kill -9 of every worker: it costs its own task alone. */
@ExtendWith(SharedServer.class)
class KillWorkersTest {
    /** Some seconds on two cores. */
    private static final String LONG = "SELECT sum(range) FROM range(3000000000)";

    private final ServerUnderTest server;
    private final Api api;

    KillWorkersTest(ServerUnderTest server) {
        this.server = server;
        this.api = server.api();
    }

    @Test
    void anIdleWorkersDeathIsNotNoticed() {
        assertThat(api.sql("SELECT 1").status()).isEqualTo(200);

        killWorkers();

        Answer answer = api.sql("SELECT 41 + 1 AS n");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.value().asInt()).isEqualTo(42);
    }

    @Test
    void aReadWhoseWorkerIsKilledRunsOnceMore() {
        CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> api.sql(LONG));
        Eventually.pause(Duration.ofMillis(700));

        killWorkers();

        Answer answer = running.join();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @Test
    void aReadWhoseWorkersAreKilledAgainAndAgainIsToldSo() {
        CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> api.sql(LONG));
        while (!running.isDone()) {
            Eventually.pause(Duration.ofMillis(400));
            killWorkers();
        }

        Answer answer = running.join();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("worker_lost");
        assertThat(api.sql("SELECT 1").status()).isEqualTo(200);
    }

    @Test
    void aLoadWhoseWorkerIsKilledIsToldSoAndTheTableIsAsItWas() {
        String table = "workers.loaded";
        api.loaded(Load.into(table).of(Csv.of(0, 10)));
        Set<Path> before = server.tables().present();
        CompletableFuture<Answer> running = load(table, 400_000);
        Eventually.within(Duration.ofSeconds(20), "the conversion begins", () -> running.isDone() || parquet(before));

        killWorkers();

        checkLoad(running.join(), table, 10, 400_000);
        assertThat(api.load(Load.into(table).mode("append").of(Csv.of(0, 5))).status())
                .isEqualTo(200);
    }

    @Test
    void anExportWhoseWorkerIsKilledRunsOnceMoreAndLeavesNoFile() {
        Set<Path> before = exports();
        CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> api.post(
                "/tarn/v1/statements/export",
                Map.of("statement", "SELECT range, md5(range::varchar) FROM range(6000000)", "format", "csv")));
        Eventually.within(
                Duration.ofSeconds(20),
                "the file grows",
                () -> running.isDone() || !exports().equals(before));

        killWorkers();

        assertThat(running.join().status()).isEqualTo(200);
        assertThat(exports()).isEqualTo(before);
    }

    @Test
    void aResultForATableIsNotWrittenTwiceWhenItsWorkerIsKilled() {
        String table = "workers.kept" + UUID.randomUUID().toString().replace("-", "");
        Set<Path> before = server.tables().present();
        CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> api.post(
                "/tarn/v1/statements/export",
                Map.of("statement", "SELECT range, md5(range::varchar) FROM range(9000000)", "table", table)));
        Eventually.within(Duration.ofSeconds(20), "the files grow", () -> running.isDone() || parquet(before));

        killWorkers();

        Answer answer = running.join();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("worker_lost");
        assertThat(api.exists(table)).isFalse();
        server.tables().assertNothingMissingAndNoOrphans();
    }

    private Set<Path> exports() {
        try (Stream<Path> files = Files.list(server.home().resolve("tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("export-"))
                    .collect(Collectors.toSet());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theServerAnswersWhileWorkersAreKilledAtAnyMoment() {
        CompletableFuture<List<Answer>> statements =
                CompletableFuture.supplyAsync(() -> Api.atOnce(IntStream.range(0, 40)
                        .<Callable<Answer>>mapToObj(i -> () -> api.sql("SELECT sum(range) FROM range(60000000)"))
                        .toList()));
        while (!statements.isDone()) {
            Eventually.pause(Duration.ofMillis(150));
            killWorkers();
            assertThat(api.get("/livez").status()).isEqualTo(200);
        }

        assertThat(statements.join()).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.toString()).isIn(200, 503);
            assertThat(answer.status() == 200 || answer.code().equals("worker_lost"))
                    .as(answer.toString())
                    .isTrue();
        });
        assertThat(api.sql("SELECT 1").status()).isEqualTo(200);
    }

    @RepeatedTest(10)
    @Tag("faults")
    void manyLoadsWhoseWorkersAreKilledLeaveNothingBehind() {
        String table = "workers.many";
        if (!api.exists(table)) {
            api.loaded(Load.into(table).of(Csv.of(0, 10)));
        }
        long rows = api.count(table);
        CompletableFuture<Answer> running = load(table, 100_000);
        Eventually.pause(Duration.ofMillis(System.nanoTime() % 1_500));

        killWorkers();

        checkLoad(running.join(), table, rows, 100_000);
    }

    @Test
    @Tag("faults")
    void aWorkerThatStopsRatherThanDiesIsReplaced() {
        CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> api.sql(LONG));
        Eventually.pause(Duration.ofMillis(500));

        server.workers().forEach(KillWorkersTest::freeze);

        Answer answer =
                running.orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join();
        assertThat(answer.status()).as(answer.toString()).isIn(200, 503);
        assertThat(api.sql("SELECT 1").status()).isEqualTo(200);
    }

    private CompletableFuture<Answer> load(String table, int rows) {
        return CompletableFuture.supplyAsync(
                () -> api.load(Load.into(table).mode("append").of(Csv.of(1_000_000, 1_000_000 + rows))));
    }

    private void checkLoad(Answer answer, String table, long before, long added) {
        if (answer.status() == 200) {
            assertThat(api.count(table)).isEqualTo(before + added);
        } else {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("worker_lost");
            assertThat(api.count(table)).isEqualTo(before);
        }
        server.tables().assertNothingMissingAndNoOrphans();
    }

    private boolean parquet(Set<Path> before) {
        try (Stream<Path> files = Files.walk(server.setup().warehouse())) {
            return files.anyMatch(file -> file.toString().endsWith(".parquet") && !before.contains(file));
        } catch (java.io.IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }

    private void killWorkers() {
        server.workers().forEach(ProcessHandle::destroyForcibly);
    }

    private static void freeze(ProcessHandle worker) {
        try {
            new ProcessBuilder("kill", "-STOP", Long.toString(worker.pid()))
                    .start()
                    .waitFor();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
