package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: nothing new starts, what runs gets its time, and the process ends. */
class StopTest {
    /** What a JVM that ends by SIGTERM answers, and `serve --help` says. */
    private static final int STOPPED = 143;

    private static final String ENDLESS = "SELECT count(*) FROM range(1000000000000) a, range(1000000) b";

    /** About two seconds on two cores. */
    private static final String SHORT = "SELECT sum(range) FROM range(2000000000)";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path home;

    @Test
    void aServerWithNothingToDoEndsAtOnce() {
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home))) {
            server.api().sql("SELECT 1");
            List<ProcessHandle> workers = server.workers();
            long began = System.nanoTime();

            int exitCode = server.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
            assertThat(exitCode).isEqualTo(STOPPED);
            // The spare one may be starting: it ends when it finds nobody to work for.
            Eventually.within(
                    Duration.ofSeconds(10),
                    "no worker is left",
                    () -> workers.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void aRunningStatementGetsItsTimeAndNothingNewStarts() {
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home))) {
            Api api = server.api();
            CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> api.sql(SHORT));
            Eventually.pause(Duration.ofMillis(500));

            server.terminate();

            Eventually.within(
                    Duration.ofSeconds(1),
                    "/readyz says that it is stopping",
                    () -> api.get("/readyz").status() == 503);
            Answer refused = api.sql("SELECT 1");
            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("stopping");
            Answer answer = running.join();
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(server.waitForEnd()).isEqualTo(STOPPED);
        }
    }

    @Test
    void whatRunsLongerThanTheTimeOfAStopIsToldSoAndTheTableIsAsItWas() {
        ServerSetup setup = ServerSetup.on(home).with("TARN_API_STOP", "2s");
        try (ServerUnderTest server = ServerUnderTest.start(setup)) {
            Api api = server.api();
            api.loaded(Load.into("stop.kept").of(Csv.of(0, 10)));
            CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> api.sql(ENDLESS));
            Upload upload = Upload.chunked(api, Load.into("stop.kept").mode("append"));
            upload.send(Csv.of(10, 20));
            Eventually.pause(Duration.ofMillis(500));
            long began = System.nanoTime();

            server.terminate();

            Answer answer = running.join();
            assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("stopping");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(6));
            assertThat(server.waitForEnd()).isEqualTo(STOPPED);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            upload.close();

            server.startAgain();

            assertThat(server.api().count("stop.kept")).isEqualTo(10);
            server.tables().assertNothingMissingAndNoOrphans();
        }
    }
}
