package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.SampleTables;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/statements}. */
class StatementsGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();

    @Test
    void aStatementAnswersRowsAsLists() {
        String table = SampleTables.make(SERVER, "id,name\n1,Ada\n2,\n");
        UUID id = UUID.randomUUID();
        RunningServer.Reply reply = SERVER.post("/tarn/v1/statements", """
            {"id": "%s", "statement": "select id, name from %s order by id"}""".formatted(id, table));

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode body = reply.json();
        assertThat(List.copyOf(body.propertyNames()))
                .containsExactly(
                        "id",
                        "status",
                        "columns",
                        "rows",
                        "row_count",
                        "elapsed_ms",
                        "bytes_scanned",
                        "files_planned",
                        "files_total");
        assertThat(body.get("files_total").asLong()).isEqualTo(1);
        assertThat(body.get("files_planned").asLong()).isEqualTo(1);
        assertThat(body.get("id").asString()).isEqualTo(id.toString());
        assertThat(body.get("status").asString()).isEqualTo("completed");
        assertThat(body.get("columns"))
                .hasToString("[{\"name\":\"id\",\"type\":\"BIGINT\"},{\"name\":\"name\",\"type\":\"STRING\"}]");
        assertThat(body.get("rows")).hasToString("[[1,\"Ada\"],[2,null]]");
        assertThat(body.get("row_count").asLong()).isEqualTo(2);
    }

    @Test
    void anErrorSaysWhere() {
        RunningServer.Reply reply = SERVER.post("/tarn/v1/statements", """
            {"statement": "select 1,\\n  nope(2)"}""");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        JsonNode problem = reply.json();
        assertThat(problem.get("type").asString()).isEqualTo("urn:tarn:error:statement_not_allowed");
        assertThat(problem.get("position")).hasToString("{\"line\":2,\"column\":3,\"offset\":12,\"length\":7}");
        assertThat(problem.get("request_id").asString()).isEqualTo(reply.header("X-Request-Id"));

        JsonNode unknown = SERVER.post("/tarn/v1/statements", """
            {"statement": "explain select\\n nope"}""").json();
        assertThat(unknown.get("code").asString()).isEqualTo("binding_error");
        assertThat(unknown.get("position").get("offset").asInt()).isEqualTo(16);
        assertThat(unknown.get("position").get("line").asInt()).isEqualTo(2);
    }

    @Test
    void aRunningStatementCanBeCancelledByItsId() throws Exception {
        UUID id = UUID.randomUUID();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<RunningServer.Reply> running =
                    threads.submit(() -> SERVER.post("/tarn/v1/statements", """
                {"id": "%s", "statement": "select count(*) from range(1000000000000) a, range(1000000) b where a.range = b.range + 7"}""".formatted(id)));
            long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            int status = 404;
            while (status == 404 && System.nanoTime() < limit) {
                status = SERVER.delete("/tarn/v1/statements/" + id).status();
            }
            assertThat(status).isEqualTo(204);
            RunningServer.Reply reply = running.get(10, TimeUnit.SECONDS);
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.json().get("code").asString()).isEqualTo("statement_cancelled");
        }
        assertThat(SERVER.delete("/tarn/v1/statements/" + id).status()).isEqualTo(404);
        assertThat(SERVER.delete("/tarn/v1/statements/no-id").status()).isEqualTo(404);
    }

    /** The optimizer computes constants, so a plan can take as long as a query. */
    @Test
    void aPlanCanBeCancelledByItsId() throws Exception {
        UUID id = UUID.randomUUID();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<RunningServer.Reply> planning =
                    threads.submit(() -> SERVER.post("/tarn/v1/statements/explain", """
                {"id": "%s", "statement": "select levenshtein(repeat('a', 200000), repeat('b', 200000)) as n"}""".formatted(id)));
            long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            Thread.sleep(1_000);
            int status = 404;
            while (status == 404 && System.nanoTime() < limit) {
                status = SERVER.delete("/tarn/v1/statements/" + id).status();
            }
            assertThat(status).isEqualTo(204);
            RunningServer.Reply reply = planning.get(3, TimeUnit.SECONDS);
            assertThat(reply.status()).as(reply.body()).isEqualTo(409);
            assertThat(reply.json().get("code").asString()).isEqualTo("statement_cancelled");
            assertThat(reply.json().get("detail").asString()).isEqualTo("The statement was cancelled");
        }
        assertThat(SERVER.delete("/tarn/v1/statements/" + id).status()).isEqualTo(404);
        assertThat(SERVER.get("/tarn/v1/statements/" + id).status()).isEqualTo(404);
    }
}
