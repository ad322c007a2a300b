package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartCommandTest {
    @TempDir
    private Path folder;

    private Path root = Path.of("");
    private Path home = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        root = PackagedRoot.in(folder.resolve("clone with blanks"));
        home = root.resolve(".tarn");
    }

    private CommandRun.Result quickstart(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "quickstart";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new CommandRun().in(root).run(all);
    }

    @Test
    void startsLoadsShowsAndStops() throws IOException {
        var result = quickstart("--once");

        assertThat(result.err())
                .contains("Starting the server", "The server is ready at http://127.0.0.1:")
                .contains("iceberg.shop.customers: 60,000 rows", "iceberg.shop.orders: 300,000 rows", "Stopping");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains(
                        "How much is there?",
                        "  select 'customers' as table_name",
                        "   42",
                        "(1 row, 7 ms, 1.2 kB scanned)");
        assertThat(result.out())
                .contains("The console is at http://127.0.0.1:", "Sign in as admin", home + "/credentials.json")
                .contains("Three things to try next");
        assertThat(home.resolve("logs/server.log")).content().contains("stopped gracefully");
    }

    @Test
    void usesTheServerThatRunsAlreadyAndLoadsNothingTwice() throws IOException {
        try (FakeServer server = new FakeServer(0)) {
            Files.createDirectories(home);
            Files.writeString(home.resolve("credentials.json"), server.credentials());
            server.tables.put("iceberg.shop.customers", 60_000L);
            server.tables.put("iceberg.shop.products", 0L);

            var first = quickstart("--once");
            assertThat(first.err())
                    .contains("is running already at " + server.url())
                    .doesNotContain("Stopping");
            var loads = server.requests("POST", "/tarn/v1/loads");
            assertThat(loads)
                    .extracting(load ->
                            load.query().get("table") + " " + load.query().get("mode"))
                    .containsExactly(
                            "iceberg.shop.products replace",
                            "iceberg.shop.orders create",
                            "iceberg.shop.order_items create");

            var second = quickstart("--once", "--json");
            assertThat(second.err()).contains("there already; nothing was loaded");
            assertThat(server.requests("POST", "/tarn/v1/loads")).hasSize(3);
            assertThat(second.out())
                    .startsWith("{\"url\":\"" + server.url() + "\",\"tables\":[")
                    .contains("\"loaded\":false", "\"elapsed_ms\":7")
                    .hasLineCount(1);
        }
    }

    @Test
    void withoutOnceAServerThatRunsElsewhereIsLeftToItself() throws IOException {
        try (FakeServer server = new FakeServer(0)) {
            Files.createDirectories(home);
            Files.writeString(home.resolve("credentials.json"), server.credentials());
            for (String table : new String[] {"customers", "products", "orders", "order_items"}) {
                server.tables.put("iceberg.shop." + table, 1L);
            }
            var result = quickstart();
            assertThat(result.exitCode()).isZero();
            assertThat(result.out())
                    .contains(
                            "The console is at " + server.url() + "/",
                            home.resolve("credentials.json").toString())
                    .contains("tarn sql \"select", "load FILE.csv");
            assertThat(result.err()).contains("goes on running where it was started");
        }
    }

    @Test
    void aTakenPortIsToldInTheServersWords() throws IOException {
        try (FakeServer other = new FakeServer(0)) {
            Files.createDirectories(home);
            // Another home's server answers on that port; it must not be taken for ours.
            Files.writeString(
                    home.resolve("credentials.json"), other.credentials().replace(FakeServer.KEY, "dlx_sk_v1_other"));
            int port = other.url().getPort();

            var result = quickstart("--once", "--port", Integer.toString(port));

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err())
                    .contains("ended with exit code 1")
                    .contains("Port " + port + " is taken; choose another with --port.")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aStatementThatFailsEndsTheQuickstartAndItsServer() throws IOException {
        try (FakeServer server = new FakeServer(0)) {
            server.refuse("POST", "/v1/sql/execute", 503, "worker_lost", "The worker was lost.");
            for (String table : new String[] {"customers", "products", "orders", "order_items"}) {
                server.tables.put("iceberg.shop." + table, 1L);
            }
            var result = CommandRun.against(server)
                    .run("quickstart", "--url", server.url().toString());
            assertThat(result.exitCode()).isEqualTo(8);
            assertThat(result.err()).contains("tarn: The worker was lost.");
        }
    }
}
