package dev.tarn.api.datalynxr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import dev.tarn.access.Grant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1/sql/submit}, and GET and DELETE of {@code /v1/sql/queries/{query_id}}. */
class SubmitSqlGoldenTest {
    static final String ENDLESS =
            "select count(*) from range(1000000000000) a, range(1000000) b where a.range = b.range + 7";
    private static final RunningServer SERVER = RunningServer.shared();
    private static String table = "";

    @BeforeAll
    static void load() {
        table = SampleTables.make(SERVER, "id,name\n1,Ada\n2,Grace\n3,Edsger\n");
    }

    private static String body(String statement) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("statement", statement)
                .toString();
    }

    private static String submit(RunningServer server, String statement) {
        return accepted(server.post("/v1/sql/submit", body(statement)));
    }

    private static String accepted(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        return reply.json().get("query_id").asString();
    }

    private static JsonNode when(RunningServer server, String id, Predicate<String> status) {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (true) {
            Reply reply = server.get("/v1/sql/queries/" + id);
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            if (status.test(reply.json().get("status").asString())) {
                return reply.json();
            }
            assertThat(Instant.now()).as(reply.toString()).isBefore(end);
        }
    }

    private static JsonNode over(String id) {
        return when(SERVER, id, status -> !List.of("queued", "running").contains(status));
    }

    private static Reply get(String id, String accept) {
        return SERVER.send(
                "GET", "/v1/sql/queries/" + id, null, "Authorization", "Bearer " + SERVER.key(), "Accept", accept);
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

    private static final String EVERY_TYPE = """
            select 9223372036854775807 as big, cast('1234567890123456789012345678.0123456789' as decimal(38,10)) as d,
                   'NaN'::double as nan, 1.5::double as x, null as nothing, true as yes, date '0001-01-01' as first,
                   timestamp '2024-02-29 12:00:00' as at, timestamptz '2024-02-29 12:00:00.5+02:00' as zoned,
                   time '01:02:03' as t, 'ab'::blob as b, [1, 2] as l, {'a': 1.50, 'b c': 'x,"y'} as st,
                   map {'k': 1} as m, map {1: 'v'} as pairs, 'é"😀\\n,' as text, '' as empty, ' a' as blank, 1 as x,
                   1.25::float as f, 0.1::decimal(3,2) as p, uuid '01939e4c-0000-7000-8000-000000000001' as u""";

    @Test
    void everyFormHasTheValuesOfExecuteAndOfExports() {
        String id = submit(SERVER, EVERY_TYPE);
        JsonNode answer = over(id);
        Reply executed = SERVER.post("/v1/sql/execute", body(EVERY_TYPE));

        assertThat(answer.get("rows")).isEqualTo(executed.json().get("rows"));
        assertThat(answer.get("columns")).isEqualTo(executed.json().get("columns"));
        Reply ndjson = get(id, "application/x-ndjson");
        assertThat(ndjson.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat("[" + ndjson.body().strip() + "]")
                .isEqualTo(executed.body().replaceFirst("(?s).*\"rows\":(.*),\"columns\".*", "$1"));
        Reply csv = get(id, "text/csv");
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        Reply exported = SERVER.post(
                "/tarn/v1/statements/export",
                JsonMapper.shared()
                        .createObjectNode()
                        .put("statement", EVERY_TYPE)
                        .put("format", "csv")
                        .toString());
        assertThat(csv.body()).isEqualTo(exported.body());
    }

    @Test
    void arrowIsAnIpcStreamWithTheShownNames() throws IOException, InterruptedException {
        String id = submit(SERVER, "select count(*), 1 as a, 2 as a from range(5)");
        over(id);
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(SERVER.address() + "/v1/sql/queries/" + id))
                                .header("Authorization", "Bearer " + SERVER.key())
                                .header("Accept", "application/vnd.apache.arrow.stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/vnd.apache.arrow.stream");
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(answer.body()), allocator)) {
            assertThat(reader.loadNextBatch()).isTrue();
            assertThat(reader.getVectorSchemaRoot().getSchema().getFields())
                    .extracting(field -> field.getName())
                    .containsExactly("count(1)", "a", "a_1");
            assertThat(reader.getVectorSchemaRoot().getVector(0).getObject(0)).isEqualTo(5L);
        }
    }

    @Test
    void rowsComeInPages() {
        String id = submit(SERVER, "select range as n from range(25000)");
        JsonNode page = over(id);
        List<Integer> sizes = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        while (true) {
            sizes.add(page.get("rows").size());
            page.get("rows").forEach(row -> numbers.add(row.get("n").asLong()));
            if (page.get("next_page_token").isNull()) {
                break;
            }
            String token = page.get("next_page_token").asString();
            page = SERVER.get("/v1/sql/queries/" + id + "?page_token=" + token).json();
        }

        assertThat(sizes).containsExactly(10_000, 10_000, 5_000);
        assertThat(numbers).isEqualTo(LongStream.range(0, 25_000).boxed().toList());
        for (String wrong : List.of("25000", "-1", "0", "x", "99999999999999999999")) {
            Reply reply = SERVER.get("/v1/sql/queries/" + id + "?page_token=" + wrong);
            assertThat(reply.status()).as(wrong).isEqualTo(400);
            assertThat(reply.json().at("/error/code").asString()).isEqualTo("invalid_request");
        }
        assertThat(get(id, "application/x-ndjson").body().lines()).hasSize(25_000);
        assertThat(get(id, "text/csv").body().lines()).hasSize(25_001);
    }

    @Test
    void aPageOfLargeRowsIsSmall() {
        String id = submit(SERVER, "select repeat('x', 1000000) as x, range as n from range(60)");
        JsonNode page = over(id);

        assertThat(page.get("status").asString())
                .as(page.get("error").toString())
                .isEqualTo("completed");
        assertThat(page.get("rows").size()).isBetween(1, 40);
        assertThat(page.get("next_page_token").asString())
                .isEqualTo(Integer.toString(page.get("rows").size()));
    }

    @Test
    void aResultBeyondTheLimitOfExecuteIsKept() {
        String id = submit(SERVER, "select range as a, range + 1 as b from range(8000000)");
        JsonNode answer = over(id);

        assertThat(answer.get("status").asString())
                .as(answer.get("error").toString())
                .isEqualTo("completed");
        JsonNode last =
                SERVER.get("/v1/sql/queries/" + id + "?page_token=7999999").json();
        assertThat(last.get("rows")).hasToString("[{\"a\":7999999,\"b\":8000000}]");
        assertThat(last.get("next_page_token").isNull()).isTrue();
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
    void rowsAreThereAsLongAsTheRightsToThem() {
        LimitedUser viewer = LimitedUser.of(SERVER);
        Grant grant = viewer.grant(viewer.name(), table, List.of("name"), "id < 3");
        String id = accepted(viewer.post("/v1/sql/submit", body("select * from " + table + " order by 1")));
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        Reply reply;
        do {
            reply = viewer.get("/v1/sql/queries/" + id);
        } while (!reply.body().contains("\"completed\"") && Instant.now().isBefore(end));
        assertThat(reply.json().get("rows")).hasToString("[{\"name\":\"Ada\"},{\"name\":\"Grace\"}]");

        assertThat(SERVER.delete("/tarn/v1/grants/" + grant.id()).status()).isEqualTo(204);
        Grant narrower = viewer.grant(viewer.name(), table, List.of("name"), "id < 2");
        reply = viewer.get("/v1/sql/queries/" + id);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("has changed since", id).doesNotContain("Ada");
        assertThat(SERVER.delete("/tarn/v1/grants/" + narrower.id()).status()).isEqualTo(204);
        viewer.reads(table, List.of(), null);
        assertThat(viewer.get("/v1/sql/queries/" + id).status()).isEqualTo(200);
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
    void aFormThatIsNotOursIsRefused() {
        String id = submit(SERVER, "select 1 as a");
        over(id);

        assertThat(get(id, "image/png").status()).isEqualTo(400);
        assertThat(get(id, "text/*;q=0.5, application/json;q=0.4").body()).isEqualTo("a\r\n1\r\n");
        assertThat(get(id, "*/*").header("Content-Type")).startsWith("application/json");
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
