package dev.tarn.api.datalynxr;

import static dev.tarn.api.datalynxr.SubmittedQueries.accepted;
import static dev.tarn.api.datalynxr.SubmittedQueries.body;
import static dev.tarn.api.datalynxr.SubmittedQueries.get;
import static dev.tarn.api.datalynxr.SubmittedQueries.over;
import static dev.tarn.api.datalynxr.SubmittedQueries.submit;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of submitted statements: pages, forms, and who may read them how long. */
class SubmittedResultsTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static String table = "";

    @BeforeAll
    static void load() {
        table = SampleTables.make(SERVER, "id,name\n1,Ada\n2,Grace\n3,Edsger\n");
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

    @Test
    void aFormThatIsNotOursIsRefused() {
        String id = submit(SERVER, "select 1 as a");
        over(id);

        assertThat(get(id, "image/png").status()).isEqualTo(400);
        assertThat(get(id, "text/*;q=0.5, application/json;q=0.4").body()).isEqualTo("a\r\n1\r\n");
        assertThat(get(id, "*/*").header("Content-Type")).startsWith("application/json");
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
}
