package dev.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.Caller;
import dev.tarn.access.Credentials;
import dev.tarn.platform.Home;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.database.TestDatabases;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Starting, starting again, not starting, stopping. */
class ServerProcessTest {
    @TempDir
    Path home;

    private final StringWriter errors = new StringWriter();

    @Test
    void aTakenPortIsNamedWithItsFlag() {
        int port = RunningServer.shared().address().getPort();
        assertThat(serve("--home", home.toString(), "--port", Integer.toString(port)))
                .isEqualTo(5);
        assertThat(errors.toString())
                .contains(Integer.toString(port))
                .contains("--port")
                .doesNotContain("\tat ")
                .hasLineCount(1);
    }

    @Test
    void aHomeInUseIsNamedWithItsProcess() {
        assertThat(serve("--home", RunningServer.shared().home().toString(), "--port", "0"))
                .isEqualTo(5);
        assertThat(errors.toString())
                .contains("--home")
                .contains(Long.toString(ProcessHandle.current().pid()))
                .hasLineCount(1);
    }

    @Test
    void aNewHomeIsItsOwnersAlone() throws IOException {
        Path fresh = home.resolve("fresh");
        Home.open(fresh);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rwx------");
    }

    @Test
    void wrongOptionsAreUsageErrors() {
        assertThat(serve("--port", "many")).isEqualTo(2);
        assertThat(serve("--nonsense")).isEqualTo(2);
        assertThat(serve("--home", home.toString(), "--port", "0", "--database-url", "jdbc:oracle:x"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("--database-url").doesNotContain("\tat ");
    }

    @Test
    void tarnYamlIsReadAndAFlagWins() throws IOException {
        Files.writeString(home.resolve("tarn.yaml"), "tarn:\n  port: 1\n  host: localhost\n");
        try (RunningServer server = RunningServer.start(home)) {
            assertThat(server.address().getHost()).isEqualTo("localhost");
            assertThat(server.address().getPort()).isNotEqualTo(1);
        }
    }

    @Test
    void aSecondStartKeepsCredentialsAndMakesNone() {
        String key;
        try (RunningServer first = RunningServer.start(home)) {
            key = first.key();
        }
        try (RunningServer second = RunningServer.start(home)) {
            assertThat(second.key()).isEqualTo(key);
            // The port is another one, and the file says so.
            assertThat(second.get("/tarn/v1/session").status()).isEqualTo(200);
            assertThat(second.bean(Credentials.class)
                            .authenticate(key, Caller.Origin.LOCAL)
                            .name())
                    .isEqualTo("admin");
        }
    }

    @Test
    void twoServersOnOnePostgres() {
        String url = TestDatabases.postgresUrl();
        try (RunningServer first = RunningServer.start(home.resolve("1"), "tarn.database-url=" + url);
                RunningServer second = RunningServer.join(home.resolve("2"), first.key(), "tarn.database-url=" + url)) {
            assertThat(second.home().resolve("credentials.json")).doesNotExist();
            JsonNode made = first.post("/tarn/v1/keys", "{\"name\":\"shared\"}").json();
            String[] bearer = {"Authorization", "Bearer " + made.get("key").asString()};
            assertThat(second.send("GET", "/tarn/v1/session", null, bearer).status())
                    .isEqualTo(200);
            first.delete("/tarn/v1/keys/" + made.get("id").asString());
            assertThat(second.send("GET", "/tarn/v1/session", null, bearer).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void theLogHasARequestAndNoQueryString() throws IOException {
        try (RunningServer server = RunningServer.start(home, "logging.level.dev.tarn.access-log=info")) {
            server.send("GET", "/api/v1/refresh?token=secret-of-the-query", null, "X-Request-Id", "id-of-the-log");
        }
        assertThat(Files.readAllLines(home.resolve("logs/tarn.log")))
                .anySatisfy(line -> assertThat(line)
                        .contains("\"request_id\":\"id-of-the-log\"")
                        .contains("\"path\":\"/api/v1/refresh\"")
                        .contains("\"status\":405"))
                .noneMatch(line -> line.contains("secret-of-the-query"));
    }

    @Test
    void aStopAnswersWhatRunsAndTakesNothingNew() throws Exception {
        RunningServer server = RunningServer.start(home);
        Readiness readiness = server.bean(Readiness.class);
        assertThat(readiness.enter()).isTrue(); // a statement that runs
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> stopped = thread.submit(server::close);
            while (readiness.state() != Readiness.State.STOPPING) {
                Thread.sleep(5);
            }
            assertThat(server.send("GET", "/livez", null).status()).isEqualTo(200);
            RunningServer.Reply ready = server.send("GET", "/readyz", null);
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("{\"status\":\"stopping\"}");
            RunningServer.Reply refused = server.get("/tarn/v1/session");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().get("code").asString()).isEqualTo("stopping");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(stopped.isDone()).isFalse();
            readiness.leave();
            stopped.get();
        }
    }

    @Test
    void whatDoesNotEndByItselfIsToldTo() {
        Readiness readiness = new Readiness();
        readiness.ready();
        assertThat(readiness.enter()).isTrue();
        readiness.whenOutOfTime(readiness::leave);
        readiness.stop(Duration.ofMillis(20));
        assertThat(readiness.enter()).isFalse();
    }

    private int serve(String... arguments) {
        return new CommandLine(new ServeCommand())
                .setErr(new PrintWriter(errors, true))
                .setOut(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }
}
