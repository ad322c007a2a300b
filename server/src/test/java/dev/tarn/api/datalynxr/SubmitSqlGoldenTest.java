package dev.tarn.api.datalynxr;

import static dev.tarn.api.datalynxr.SubmittedQueries.ENDLESS;
import static dev.tarn.api.datalynxr.SubmittedQueries.accepted;
import static dev.tarn.api.datalynxr.SubmittedQueries.body;
import static dev.tarn.api.datalynxr.SubmittedQueries.get;
import static dev.tarn.api.datalynxr.SubmittedQueries.over;
import static dev.tarn.api.datalynxr.SubmittedQueries.submit;
import static dev.tarn.api.datalynxr.SubmittedQueries.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/sql/submit}, and GET and DELETE of {@code /v1/sql/queries/{query_id}}. */
class SubmitSqlGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static String table = "";

    @BeforeAll
    static void load() {
        table = SampleTables.make(SERVER, "id,name\n1,Ada\n2,Grace\n3,Edsger\n");
    }

    @Test
    void aStatementIsAcceptedAndItsResultIsThereInTheShapeOfExecute() {
        Reply reply = SERVER.post("/v1/sql/submit", """
            {"workspace": "default", "statement": "SELECT COUNT(*) FROM %s", "timeout_ms": 30000}""".formatted(table));

        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(List.copyOf(reply.json().propertyNames())).containsExactly("query_id", "status");
        assertThat(reply.json().get("query_id").asString()).matches("qry_[0-9A-Z]{26}");
        assertThat(reply.json().get("status").asString()).isEqualTo("queued");

        JsonNode answer = over(accepted(reply));
        assertThat(List.copyOf(answer.propertyNames()))
                .containsExactly(
                        "query_id",
                        "status",
                        "rows",
                        "columns",
                        "elapsed_ms",
                        "bytes_scanned",
                        "error",
                        "next_page_token");
        assertThat(answer.get("query_id")).isEqualTo(reply.json().get("query_id"));
        assertThat(answer.get("status").asString()).isEqualTo("completed");
        assertThat(answer.get("rows")).hasToString("[{\"count(1)\":3}]");
        assertThat(answer.get("columns")).hasToString("[{\"name\":\"count(1)\",\"type\":\"BIGINT\"}]");
        assertThat(answer.get("error").isNull()).isTrue();
        assertThat(answer.get("next_page_token").isNull()).isTrue();
        assertThat(answer.get("elapsed_ms").isIntegralNumber()).isTrue();
        assertThat(answer.get("bytes_scanned").isIntegralNumber()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"show schemas", "describe TABLE", "explain select name from TABLE", "select * from TABLE"})
    void whatExecuteRunsIsRunHereToo(String statement) {
        String sql = statement.replace("TABLE", table);
        JsonNode answer = over(submit(SERVER, sql));
        JsonNode executed = SERVER.post("/v1/sql/execute", body(sql)).json();

        assertThat(answer.get("status").asString()).isEqualTo("completed");
        assertThat(answer.get("columns")).isEqualTo(executed.get("columns"));
        if (!statement.startsWith("explain")) { // whose files have names of their own each time
            assertThat(answer.get("rows")).isEqualTo(executed.get("rows"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select * from iceberg.nowhere.t | unknown_namespace | 404",
                "select nope from TABLE | binding_error | 400",
                "select cast('x' as int) | type_error | 400"
            })
    void whatIsWrongWhenItRunsIsTold(String statement, String code, int status) {
        String id = submit(SERVER, statement.replace("TABLE", table));
        JsonNode answer = over(id);

        assertThat(answer.get("status").asString()).isEqualTo("failed");
        assertThat(answer.at("/error/code").asString()).isEqualTo(code);
        assertThat(answer.at("/error/message").asString())
                .isNotBlank()
                .doesNotContain(SERVER.home().toString());
        assertThat(answer.get("rows")).isEmpty();
        Reply csv = get(id, "text/csv");
        assertThat(csv.status()).isEqualTo(status);
        assertThat(csv.json().at("/error/code").asString()).isEqualTo(code);
        assertThat(csv.json().at("/error/query_id").asString()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"statement\": \"select from where\"} | 400 | syntax_error",
                "{\"statement\": \"select * from read_csv('/etc/passwd')\"} | 400 | statement_not_allowed",
                "{\"statement\": \"select 1; select 2\"} | 400 | statement_not_allowed",
                "{} | 400 | invalid_request",
                "{\"statement\": \"select 1\", \"timeout_ms\": 0} | 400 | invalid_request",
                "{\"statement\": \"select 1\", \"timeout_ms\": 3600001} | 400 | invalid_request",
                "{\"statement\": \"select 1\", \"workspace\": \"nowhere\"} | 404 | workspace_not_found",
                "{\"statement\": \"select 1\" | 400 | invalid_json"
            })
    void whatIsWrongAtOnceIsToldAtOnce(String request, int status, String code) {
        Reply reply = SERVER.post("/v1/sql/submit", request);

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().at("/error/code").asString()).isEqualTo(code);
    }

    @Test
    void aRefusalIsInTheHistory() {
        String word = "w" + UUID.randomUUID().toString().replace("-", "");
        Reply reply = SERVER.post("/v1/sql/submit", body("select " + word + " from where"));

        assertThat(reply.json().at("/error/query_id").asString()).matches("qry_[0-9A-Z]{26}");
        assertThat(history(word).get("state").asString()).isEqualTo("failed");
    }

    private static JsonNode history(String word) {
        Instant end = Instant.now().plus(Duration.ofSeconds(10));
        while (true) {
            JsonNode found = SERVER.get("/tarn/v1/statements?q=" + word).json().get("statements");
            if (found.size() == 1 && !found.get(0).get("state").asString().equals("running")) {
                return found.get(0);
            }
            assertThat(Instant.now()).isBefore(end);
        }
    }

    @Test
    void historyAndAuditKnowIt() {
        String word = "w" + UUID.randomUUID().toString().replace("-", "");
        over(submit(SERVER, "select '" + word + "' as a"));
        JsonNode record = history(word);

        assertThat(record.get("state").asString()).isEqualTo("completed");
        assertThat(record.get("contract").asString()).isEqualTo("datalynxr");
        assertThat(record.get("row_count").asLong()).isEqualTo(1);
        String resource = "statement:" + record.get("id").asString();
        Instant end = Instant.now().plus(Duration.ofSeconds(10));
        JsonNode entries;
        do {
            entries = SERVER.get("/tarn/v1/audit?resource=" + resource).json().get("entries");
        } while (entries.isEmpty() && Instant.now().isBefore(end));
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).get("verb").asString()).isEqualTo("run");
        assertThat(entries.get(0).toString()).contains("\"job\"", "\"admin\"", word);
    }

    @Test
    void timeoutMsReallyEndsTheWork() {
        String id =
                accepted(SERVER.post("/v1/sql/submit", "{\"statement\": \"" + ENDLESS + "\", \"timeout_ms\": 500}"));

        JsonNode answer = over(id);
        assertThat(answer.get("status").asString()).isEqualTo("failed");
        assertThat(answer.at("/error/code").asString()).isEqualTo("timeout");
    }

    @Test
    void whatRunsAndWhatWaitsIsCancelledAndWhatIsOverStays() {
        List<String> ids = IntStream.range(0, 1 + Runtime.getRuntime().availableProcessors())
                .mapToObj(i -> submit(SERVER, ENDLESS))
                .toList();
        when(SERVER, ids.getFirst(), "running"::equals);
        assertThat(get(ids.getFirst(), "text/csv").status()).isEqualTo(409);
        for (String id : List.of(ids.getLast(), ids.getFirst())) {
            Reply reply = SERVER.delete("/v1/sql/queries/" + id);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("{\"query_id\":\"%s\",\"status\":\"cancelled\"}".formatted(id));
            JsonNode answer = over(id);
            assertThat(answer.get("status").asString()).isEqualTo("cancelled");
            assertThat(answer.at("/error/code").asString()).isEqualTo("statement_cancelled");
        }
        ids.forEach(id -> SERVER.delete("/v1/sql/queries/" + id));

        String done = submit(SERVER, "select 1 as a");
        over(done);
        assertThat(SERVER.delete("/v1/sql/queries/" + done).json().get("status").asString())
                .isEqualTo("completed");
        assertThat(over(done).get("rows")).hasToString("[{\"a\":1}]");
    }

    @Test
    void anothersStatementAndNonsenseAreNotFound() {
        String id = submit(SERVER, "select 1");
        over(id);
        LimitedUser other = LimitedUser.of(SERVER, "Admin");
        assertThat(other.get("/v1/sql/queries/" + id).status()).isEqualTo(404);
        for (String wrong : List.of("qry_01HZ2K9MNPQRSTUVWXYZ", "x", "qry_" + "Z".repeat(26), id + "0")) {
            Reply reply = SERVER.get("/v1/sql/queries/" + wrong);
            assertThat(reply.status()).as(wrong).isEqualTo(404);
            assertThat(reply.json().at("/error/code").asString()).isEqualTo("not_found");
        }
    }

    @Test
    void theSameRequestWithTheSameKeyIsAcceptedOnce() {
        String[] headers = {
            "Authorization",
            "Bearer " + SERVER.key(),
            "Content-Type",
            "application/json",
            "Idempotency-Key",
            UUID.randomUUID().toString()
        };
        Reply first = SERVER.send("POST", "/v1/sql/submit", body("select 1"), headers);
        Reply second = SERVER.send("POST", "/v1/sql/submit", body("select 1"), headers);
        Reply other = SERVER.send("POST", "/v1/sql/submit", body("select 2"), headers);

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().at("/error/code").asString()).isEqualTo("idempotency_conflict");
    }

    @Test
    void tooManyAreRefusedAndTheRestAreKeptOverARestart(@TempDir Path home) {
        String key;
        String done;
        String waiting;
        String[] settings = {"tarn.jobs.running=1", "tarn.jobs.queue-per-user=2", "tarn.api.stop=1s"};
        try (RunningServer server = RunningServer.start(home, settings)) {
            key = server.key();
            done = submit(server, "select 42 as a");
            when(server, done, "completed"::equals);
            String running = submit(server, ENDLESS);
            when(server, running, "running"::equals);
            waiting = submit(server, "select 43 as a");
            submit(server, "select 44 as a");
            Reply reply = server.post("/v1/sql/submit", body("select 1"));
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.json().at("/error/code").asString()).isEqualTo("overloaded");
            assertThat(server.get("/v1/sql/queries/" + done).json().get("rows")).hasToString("[{\"a\":42}]");
        }
        try (RunningServer server = RunningServer.join(home, key, settings)) {
            assertThat(when(server, waiting, "completed"::equals).get("rows")).hasToString("[{\"a\":43}]");
            assertThat(when(server, done, "completed"::equals).get("rows")).hasToString("[{\"a\":42}]");
        }
    }
}
