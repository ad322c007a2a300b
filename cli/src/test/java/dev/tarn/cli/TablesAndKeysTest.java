package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TablesAndKeysTest {
    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(0);
        server.tables.put("iceberg.shop.orders", 300_000L);
        server.tables.put("iceberg.shop.products", 2_000L);
        server.tables.put("iceberg.ml.scores", 7L);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandRun.Result tarn(String... arguments) {
        return CommandRun.against(server).run(arguments);
    }

    @Test
    void listsTablesOverAllPages() {
        server.pageSize = 1;

        assertThat(tarn("tables").out()).isEqualTo("""
                 table                 |    rows |  size | files | updated
                -----------------------+---------+-------+-------+----------------------
                 iceberg.shop.orders   | 300,000 | 12 MB |     1 | 2026-11-27T10:00:00Z
                 iceberg.shop.products |   2,000 | 12 MB |     1 | 2026-11-27T10:00:00Z
                 iceberg.ml.scores     |       7 | 12 MB |     1 | 2026-11-27T10:00:00Z
                """);
    }

    @Test
    void aNamespaceMayCarryTheCatalog() {
        assertThat(tarn("tables", "iceberg.ml").out())
                .contains("iceberg.ml.scores")
                .doesNotContain("shop");
        assertThat(tarn("tables", "nowhere").exitCode()).isEqualTo(4);
    }

    @Test
    void columnsAndJson() {
        assertThat(tarn("tables", "ml", "--columns").out()).contains(" iceberg.ml.scores | id     | BIGINT | true");
        assertThat(tarn("tables", "ml", "--json").out())
                .startsWith("{\"tables\":[{\"name\":\"iceberg.ml.scores\"")
                .contains("\"row_count\":7");
    }

    @Test
    void aKeyIsMadeListedAndRevoked() {
        var made = tarn("keys", "create", "--name", "ci", "--expires-at", "2027-01-31T00:00:00Z");
        assertThat(made.out()).isEqualTo("dlx_sk_v1_ab12cd34\n");
        assertThat(made.err()).contains("Key \"ci\" (id k0). Keep it now: it is not shown again.");
        assertThat(tarn("keys", "create", "--name", "x", "--quiet").err()).isEmpty();

        assertThat(tarn("keys", "list").out())
                .contains(" k0 | ci   | dlx_sk_v1_ab12 | admin")
                .doesNotContain("cd34");
        assertThat(tarn("keys", "list", "--json").out()).startsWith("{\"keys\":[{\"id\":\"k0\"");

        assertThat(tarn("keys", "revoke", "k0").out()).isEqualTo("Key k0 is revoked.\n");
        assertThat(server.requests("DELETE", "/tarn/v1/keys/k0")).hasSize(1);
    }

    @Test
    void theSigningKeyIsRotated() {
        server.answer(
                "POST",
                "/tarn/v1/signing-keys/rotate",
                200,
                "{\"id\":\"s2\",\"old_tokens_until\":\"2026-11-28T10:30:00Z\"}");
        assertThat(tarn("keys", "rotate-signing").out())
                .isEqualTo("The key s2 signs from now on; older tokens end by 2026-11-28T10:30:00Z.\n");
        assertThat(tarn("keys", "rotate-signing", "--end-old-tokens", "--json").out())
                .startsWith("{\"id\":\"s2\"");
        assertThat(server.requests("POST", "/tarn/v1/signing-keys/rotate"))
                .extracting(FakeServer.Request::body)
                .containsExactly("{\"end_old_tokens\":false}", "{\"end_old_tokens\":true}");
    }

    @Test
    void whatIsMissingIsAUsageError() {
        assertThat(tarn("keys").exitCode()).isEqualTo(2);
        assertThat(tarn("keys", "revoke").exitCode()).isEqualTo(2);
        assertThat(tarn().exitCode()).isEqualTo(2);
    }

    @Test
    void everyCommandHelpsWithExamplesAndExitCodes() {
        for (String command : new String[] {"quickstart", "load", "sql", "tables"}) {
            assertThat(tarn(command, "--help").out())
                    .contains("Examples:", "Exit codes:", "  7   ", "--json", "--url", "--key", "--home");
        }
        assertThat(tarn("--help").out()).contains("serve", "quickstart", "load", "sql", "tables", "keys");
        assertThat(tarn("keys", "list", "--help").out()).contains("Examples:", "--json");
    }
}
