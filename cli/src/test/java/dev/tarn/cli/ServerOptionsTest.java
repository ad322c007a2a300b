package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerOptionsTest {
    @TempDir
    private Path root;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void writeCredentials(Path home) throws IOException {
        Files.createDirectories(home);
        Files.writeString(home.resolve("credentials.json"), server.credentials());
    }

    @Test
    void theHomesCredentialsAreUsedWhenNothingIsSaid() throws IOException {
        writeCredentials(root.resolve(".tarn"));
        assertThat(new CommandRun().in(root).run("tables").exitCode()).isZero();
    }

    @Test
    void theHomeIsTheOptionsOrTheEnvironments() throws IOException {
        Path home = root.resolve("elsewhere");
        writeCredentials(home);
        assertThat(new CommandRun().run("tables", "--home", home.toString()).exitCode())
                .isZero();
        assertThat(new CommandRun()
                        .with("TARN_HOME", home.toString())
                        .run("tables")
                        .exitCode())
                .isZero();
    }

    @Test
    void optionsGoBeforeTheEnvironment() {
        var run = new CommandRun().with("TARN_URL", "http://127.0.0.1:9").with("TARN_KEY", "wrong");
        assertThat(run.run("tables").exitCode()).isEqualTo(7);
        assertThat(run.run("tables", "--url", server.url().toString()).exitCode())
                .isEqualTo(3);
        assertThat(run.run("tables", "--url", server.url().toString(), "--key", FakeServer.KEY)
                        .exitCode())
                .isZero();
    }

    @Test
    void theHomesKeyGoesToNoOtherServer() throws IOException {
        writeCredentials(root.resolve(".tarn"));
        try (FakeServer other = new FakeServer(0)) {
            var result =
                    new CommandRun().in(root).run("tables", "--url", other.url().toString());

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.err())
                    .contains("No key is known for " + other.url())
                    .contains("--key or TARN_KEY");
            assertThat(other.requests).isEmpty();
        }
        String localhost = "http://localhost:" + server.url().getPort();
        assertThat(new CommandRun().in(root).run("tables", "--url", localhost).exitCode())
                .isZero();
    }

    @Test
    void saysWhatToDoWithoutAServer() {
        var unknown = new CommandRun().in(root).run("tables");
        assertThat(unknown.exitCode()).isEqualTo(7);
        assertThat(unknown.err()).contains("No server is known").contains("tarn quickstart");

        var refused = new CommandRun().run("tables", "--url", "http://127.0.0.1:9", "--key", "k");
        assertThat(refused.exitCode()).isEqualTo(7);
        assertThat(refused.err()).contains("No server answers at http://127.0.0.1:9 (connection refused)");

        assertThat(new CommandRun()
                        .run("tables", "--url", "localhost:8080", "--key", "k")
                        .exitCode())
                .isEqualTo(2);
        var json = new CommandRun().run("tables", "--json", "--url", "http://127.0.0.1:9", "--key", "k");
        assertThat(json.err()).startsWith("{\"code\":\"unreachable\",\"detail\":");
    }
}
