package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegisterCommandTest {
    private static final String PATH = "/tarn/v1/adoptions";

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(0);
        server.answer("POST", PATH, 202, "{\"id\":\"a1\",\"status\":\"queued\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void ended(String status, String counts, String error) {
        server.answer("GET", PATH + "/a1", 200, """
                {"adoption":{"id":"a1","status":"%s","counts":{%s},"error":%s},"tables":[
                 {"source":"sales.orders","name":"iceberg.sales.orders","metadata_location":"file:/srv/x","outcome":"registered","reason":null},
                 {"source":"sales.old","name":"iceberg.sales.old","metadata_location":null,"outcome":"name_taken","reason":"Something else has the name"}],
                 "next_cursor":null}""".formatted(status, counts, error));
    }

    private CommandRun.Result tarn(String... arguments) {
        return CommandRun.against(server).typing("id:secret\n").run(arguments);
    }

    private String sent() {
        return server.requests("POST", PATH).getLast().body();
    }

    @Test
    void whatBecameOfEachTableIsTold() {
        ended("completed", "\"registered\":1,\"name_taken\":1,\"refused\":0", "null");

        CommandRun.Result result =
                tarn("register", "--hadoop", "/srv/lake", "--namespace", "sales", "--only-table", "a.b", "--into", "x");

        assertThat(result.exitCode()).as("not all of it is here").isEqualTo(5);
        assertThat(result.out()).contains("sales.orders", "registered", "name taken", "Something else has the name");
        assertThat(result.err()).isEqualTo("1 registered, 1 name taken.\n");
        assertThat(sent())
                .isEqualTo("{\"kind\":\"hadoop\",\"location\":\"/srv/lake\",\"namespaces\":[\"sales\"],"
                        + "\"tables\":[\"a.b\"],\"into\":\"x\",\"dry_run\":false}");
        assertThat(tarn("register", "--hadoop", "/srv/lake", "--dry-run").exitCode())
                .isZero();
        assertThat(tarn("register", "--hadoop", "/srv/lake", "--json").out()).contains("\"adoption\":{\"id\":\"a1\"");
    }

    @Test
    void aSecretIsReadFromStandardInputOrIsAStoredOne() {
        ended("completed", "\"registered\":1", "null");

        assertThat(tarn("register", "--rest", "https://c.example.com", "--warehouse", "w", "--credential")
                        .exitCode())
                .isZero();
        assertThat(sent()).contains("\"kind\":\"rest\"", "\"warehouse\":\"w\"", "\"credential\":\"id:secret\"");
        tarn("register", "--rest", "https://c.example.com", "--token", "--secret", "mine");
        assertThat(sent()).contains("\"token\":\"secret:mine\"").doesNotContain("id:secret");
    }

    @Test
    void aFailureIsTold() {
        ended(
                "failed",
                "\"registered\":0",
                "{\"code\":\"invalid_request\",\"detail\":\"The catalog does not answer\"}");

        CommandRun.Result result = tarn("register", "/srv/v1.metadata.json", "--table", "a.b");

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err()).contains("tarn: The catalog does not answer");
        assertThat(sent()).contains("\"kind\":\"metadata_file\"", "\"name\":\"a.b\"");
        assertThat(tarn("register", "/srv/v1.metadata.json").exitCode()).isEqualTo(2);
        assertThat(tarn("register").exitCode()).isEqualTo(2);
        assertThat(tarn("register", "--rest", "https://c", "--hadoop", "/x").exitCode())
                .isEqualTo(2);
        server.refuse("POST", PATH, 400, "invalid_request", "/srv/lake is no folder that was granted");
        assertThat(tarn("register", "--hadoop", "/srv/lake").err()).contains("granted");
    }
}
