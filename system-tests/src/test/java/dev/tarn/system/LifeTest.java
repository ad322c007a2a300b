package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Start, restart and refusal to start. */
class LifeTest {
    private static final int IN_USE = 5;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path home;

    @Test
    void whatWasAcknowledgedIsThereAfterAKillAndAQuickRestart() {
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home))) {
            System.out.println("RESULT system_first_start " + server.startUp().toMillis() + " ms");
            Api api = server.api();
            api.loaded(Load.into("life.kept").of(Csv.of(0, 3)));
            Answer key = api.post("/tarn/v1/keys", Map.of("name", "made before the kill"));
            Answer revoked = api.post("/tarn/v1/keys", Map.of("name", "revoked before the kill"));
            assertThat(api.delete("/tarn/v1/keys/" + revoked.json().path("id").asString())
                            .status())
                    .isEqualTo(204);
            server.kill();

            server.startAgain();

            System.out.println("RESULT system_second_start " + server.startUp().toMillis() + " ms");
            assertThat(server.api().count("life.kept")).isEqualTo(3);
            Api made = api.withKey(key.json().path("key").asString());
            assertThat(made.sql("SELECT sum(id) FROM life.kept").value().asLong())
                    .isEqualTo(3);
            assertThat(api.withKey(revoked.json().path("key").asString())
                            .sql("SELECT 1")
                            .status())
                    .isEqualTo(401);
            server.tables().assertNothingMissingAndNoOrphans();
        }
    }

    @Test
    void theCredentialsAreForTheOwnerAlone() throws IOException {
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home))) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(server.home().resolve("credentials.json"))))
                    .isEqualTo("rw-------");
            assertThat(server.credentials().propertyNames())
                    .containsExactlyInAnyOrder("url", "tenant_id", "username", "password", "key");
            assertThat(server.credentials().path("url").asString())
                    .isEqualTo(server.url().toString());
        }
    }

    @Test
    void aSecondServerOnTheSameHomeIsRefusedAndToldTheProcess() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home))) {
            long logBefore = Files.size(server.setup().log());
            Process second = ServerSetup.on(home).launch();

            assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();

            assertThat(second.exitValue()).isEqualTo(IN_USE);
            String said = Files.readString(server.setup().log()).substring((int) logBefore);
            assertThat(said).contains(Long.toString(server.pid())).contains("--home");
            assertThat(said).doesNotContain("\tat ").doesNotContain("Exception");
            assertThat(server.api().sql("SELECT 1").status()).isEqualTo(200);
        }
    }

    @Test
    void aTakenPortIsNamedWithTheFlagThatChangesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerSetup setup = ServerSetup.on(home).onPort(taken.getLocalPort());
            Process server = setup.launch();

            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();

            assertThat(server.exitValue()).isEqualTo(IN_USE);
            String said = Files.readString(setup.log());
            assertThat(said).contains(Integer.toString(taken.getLocalPort())).contains("--port");
            assertThat(said).doesNotContain("\tat ").doesNotContain("Exception");
            assertThat(home.resolve("credentials.json")).doesNotExist();
        }
    }

    @Test
    void workersKnowNothingOfTheServersEnvironmentAndDieWithIt() {
        ServerSetup setup = ServerSetup.on(home).with("TARN_SYSTEM_TEST_SECRET", "not-for-workers");
        try (ServerUnderTest server = ServerUnderTest.start(setup)) {
            server.api().sql("SELECT 1");
            assertThat(server.workers())
                    .isNotEmpty()
                    .allSatisfy(worker -> assertThat(
                                    Files.readString(Path.of("/proc", Long.toString(worker.pid()), "environ")))
                            .doesNotContain("not-for-workers"));
            var workers = server.workers();

            server.kill();

            Eventually.within(
                    Duration.ofSeconds(10),
                    "the workers of a killed server end",
                    () -> workers.stream().noneMatch(ProcessHandle::isAlive));
        }
    }
}
