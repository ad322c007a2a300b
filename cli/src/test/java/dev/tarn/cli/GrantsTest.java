package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrantsTest {
    private static final String GRANT = """
            {"id":"g1","to":{"kind":"user","name":"bob"},"verb":"select","on":"table:iceberg.shop.orders",\
            "columns":["id","status"],"rows":"status = 'paid'","created_at":"2026-11-27T10:00:00Z","created_by":"admin"}""";

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandRun.Result tarn(String... arguments) {
        return CommandRun.against(server).run(arguments);
    }

    @Test
    void aGrantOfColumnsAndRows() {
        server.answer("POST", "/tarn/v1/grants", 201, GRANT);

        var made = tarn(
                "grants",
                "add",
                "--to",
                "bob",
                "--verb",
                "select",
                "--on",
                "table:shop.orders",
                "--columns",
                "id, status",
                "--rows",
                "status = 'paid'");

        assertThat(made.out())
                .isEqualTo("Grant g1: user:bob may select table:iceberg.shop.orders, columns id, status,"
                        + " rows where status = 'paid'.\n");
        assertThat(server.requests("POST", "/tarn/v1/grants").getFirst().body())
                .isEqualTo("{\"to\":\"bob\",\"verb\":\"select\",\"on\":\"table:shop.orders\","
                        + "\"columns\":[\"id\",\"status\"],\"rows\":\"status = 'paid'\"}");
    }

    @Test
    void whatIsNotNarrowedIsNotSent() {
        server.answer("POST", "/tarn/v1/grants", 201, GRANT);

        for (String on : new String[] {"*", "agent:*", "namespace:iceberg.shop"}) {
            assertThat(tarn("grants", "add", "--to", "Viewer", "--verb", "*", "--on", on, "--json")
                            .out())
                    .isEqualTo(GRANT + "\n");
            assertThat(server.requests("POST", "/tarn/v1/grants").getLast().body())
                    .isEqualTo("{\"to\":\"Viewer\",\"verb\":\"*\",\"on\":\"" + on + "\"}");
        }
        assertThat(tarn("grants", "add", "--to", "a", "--verb", "select", "--on", "table:a.b", "--columns", "id,,x")
                        .exitCode())
                .isEqualTo(2);
        assertThat(tarn("grants", "add", "--to", "a", "--verb", "select").exitCode())
                .isEqualTo(2);
    }

    @Test
    void grantsAreListedAndRemoved() {
        server.answer("GET", "/tarn/v1/grants", 200, "{\"grants\":[" + GRANT + "],\"next_cursor\":null}");

        assertThat(tarn("grants", "list", "--to", "user:bob", "--on", "namespace:shop")
                        .out())
                .contains(
                        " g1 | user:bob | select | table:iceberg.shop.orders | id, status | status = 'paid' | admin | 2026-");
        assertThat(server.requests("GET", "/tarn/v1/grants").getFirst().query())
                .containsEntry("to", "user:bob")
                .containsEntry("on", "namespace:shop");
        assertThat(tarn("grants", "list", "--json").out()).isEqualTo("{\"grants\":[" + GRANT + "]}\n");
        assertThat(tarn("grants", "remove", "g1").out()).isEqualTo("Grant g1 is removed.\n");
        assertThat(server.requests("DELETE", "/tarn/v1/grants/g1")).hasSize(1);
    }

    @Test
    void whyNotAndWhoCouldGrantIt() {
        server.answer("GET", "/tarn/v1/access", 200, """
                {"allowed":"partly","text":"bob may select it in part","because":[{"role":null,"grant":{"id":"g1"},\
                "text":"Grant g1 to user bob"}],"granters":["admin","ann"]}""");

        var why = tarn("grants", "why", "--user", "bob", "--verb", "select", "--on", "table:shop.orders");

        assertThat(why).isEqualTo(new CommandRun.Result(0, """
                partly: bob may select it in part
                  Grant g1 to user bob
                It can be granted by admin, ann.
                """, ""));
        assertThat(server.requests("GET", "/tarn/v1/access").getFirst().query())
                .containsEntry("verb", "select")
                .containsEntry("on", "table:shop.orders")
                .containsEntry("user", "bob");
    }

    @Test
    void theServersRefusalIsTheAnswer() {
        server.refuse("POST", "/tarn/v1/grants", 400, "invalid_request", "There is no verb \"see\".");

        assertThat(tarn("grants", "add", "--to", "bob", "--verb", "see", "--on", "*"))
                .isEqualTo(new CommandRun.Result(6, "", "tarn: There is no verb \"see\".\n"));
        assertThat(tarn("grants", "add", "--to", "bob", "--verb", "see", "--on", "*", "--json")
                        .err())
                .startsWith("{\"type\":\"urn:tarn:error:invalid_request\"");
    }
}
