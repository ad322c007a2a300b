package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @Test
    void aServerThatIsWellIsSaidSo() throws IOException {
        try (FakeServer server = new FakeServer(0)) {
            server.answer("GET", "/tarn/v1/server", 200, """
                    {"version":"0.1.0","database":"sqlite","schema_version":"2","java":"25","uptime_s":5,\
                    "disk":{"free_bytes":900,"total_bytes":1000}}""");
            var result = new CommandRun().run("doctor", "--url", server.url().toString(), "--key", FakeServer.KEY);

            assertThat(result.err()).isEmpty();
            assertThat(result.out())
                    .contains("ok       database: sqlite, schema version 2, reachable", "workers: one answered in 3 ms")
                    .contains("server and command line are 0.1.0", "clock:");
            assertThat(result.exitCode()).isZero();
        }
    }

    @Test
    void whatIsWrongIsSaidWithItsMending() throws IOException {
        try (FakeServer server = new FakeServer(0)) {
            server.answer(
                    "GET",
                    "/tarn/v1/server",
                    200,
                    "{\"version\":\"0.0.9\",\"disk\":{\"free_bytes\":1,\"total_bytes\":1000}}");
            server.refuse("POST", "/tarn/v1/statements", 503, "worker_lost", "No worker starts.");
            var result =
                    new CommandRun().run("doctor", "--url", server.url().toString(), "--key", FakeServer.KEY, "--json");

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.out())
                    .startsWith("{\"checks\":[")
                    .contains(
                            "\"check\":\"version\",\"grade\":\"warning\"",
                            "\"found\":\"No worker starts.\"",
                            "\"mend\":\"");
        }
    }

    @Test
    void withoutAServerTheMachineIsLookedAt(@TempDir Path folder) {
        var result = new CommandRun()
                .in(folder)
                .run("doctor", "--home", folder.resolve("none").toString(), "--port", "1");

        assertThat(result.out()).contains("java: Java 25", "none is not there", "-> Start a server once", "disk:");
    }
}
