package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/submitted-statements}. */
class SubmittedStatementsGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final String PATH = "/tarn/v1/submitted-statements";
    private static final String LONG = "select sum(hash(a.range + b.range)) as h from range(3000000) a, range(300) b";

    private static String submit(String statement) {
        Reply reply = SERVER.post(PATH, "{\"statement\": \"%s\"}".formatted(statement));
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(List.copyOf(reply.json().propertyNames())).containsExactly("id", "status");
        assertThat(reply.json().get("status").asString()).isEqualTo("queued");
        return reply.json().get("id").asString();
    }

    private static JsonNode over(String id) {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (true) {
            Reply reply = SERVER.get(PATH + "/" + id);
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            if (!List.of("queued", "running")
                    .contains(reply.json().get("status").asString())) {
                return reply.json();
            }
            assertThat(Instant.now()).isBefore(end);
            pause();
        }
    }

    @Test
    void rowsAreListsInPages() {
        JsonNode first = over(submit("select range as n, 'x' as t from range(25000)"));

        assertThat(List.copyOf(first.propertyNames()))
                .containsExactly(
                        "id",
                        "status",
                        "progress",
                        "columns",
                        "rows",
                        "row_count",
                        "elapsed_ms",
                        "bytes_scanned",
                        "error",
                        "next_cursor");
        assertThat(first.get("status").asString()).isEqualTo("completed");
        assertThat(first.get("columns"))
                .hasToString("[{\"name\":\"n\",\"type\":\"BIGINT\"},{\"name\":\"t\",\"type\":\"STRING\"}]");
        assertThat(first.get("rows")).hasSize(10_000);
        assertThat(first.get("rows").get(0)).hasToString("[0,\"x\"]");
        assertThat(first.get("row_count").asLong()).isEqualTo(25_000);
        assertThat(first.get("error").isNull()).isTrue();
        String id = first.get("id").asString();
        JsonNode last = SERVER.get(PATH + "/" + id + "?cursor=20000").json();
        assertThat(last.get("rows")).hasSize(5_000);
        assertThat(last.get("next_cursor").isNull()).isTrue();
        assertThat(SERVER.get(PATH + "/" + id + "?cursor=x").status()).isEqualTo(400);
    }

    @Test
    void parametersAreBound() {
        Reply reply = SERVER.post(PATH, "{\"statement\": \"select :n + 1 as a\", \"parameters\": {\"n\": 41}}");
        assertThat(over(reply.json().get("id").asString()).get("rows")).hasToString("[[42]]");
    }

    @Test
    void itIsListedWithItsProgressAndCanBeEnded() {
        String id = submit(LONG);
        boolean seen = false;
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        JsonNode answer;
        do {
            answer = SERVER.get(PATH + "/" + id).json();
            seen = seen || answer.get("progress").asDouble(0) > 0;
            assertThat(Instant.now()).isBefore(end);
            pause();
        } while (!seen && !answer.get("status").asString().equals("completed"));
        assertThat(seen).as("progress was told: " + answer).isTrue();
        assertThat(SERVER.get("/tarn/v1/statements/" + id)
                        .json()
                        .get("progress")
                        .asDouble(0))
                .isPositive();

        JsonNode listed = SERVER.get(PATH).json().get("statements");
        JsonNode own = listed.valueStream()
                .filter(one -> one.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(List.copyOf(own.propertyNames()))
                .containsExactly(
                        "id", "statement", "status", "progress", "submitted_at", "finished_at", "row_count", "error");
        assertThat(own.get("statement").asString()).isEqualTo(LONG);
        Reply ended = SERVER.delete(PATH + "/" + id);
        assertThat(ended.status()).isEqualTo(200);
        JsonNode after = over(id);
        assertThat(after.get("status").asString()).isIn("cancelled", "completed");
        assertThat(after.get("progress").isNull()).isTrue();
    }

    @Test
    void whatIsWrongIsTold() {
        JsonNode failed = over(submit("select cast('x' as int)"));
        assertThat(failed.get("status").asString()).isEqualTo("failed");
        assertThat(failed.at("/error/code").asString()).isEqualTo("type_error");
        assertThat(failed.get("row_count").isNull()).isTrue();
        assertThat(SERVER.post(PATH, "{\"statement\": \"select from where\"}").status())
                .isEqualTo(400);
        assertThat(SERVER.post(PATH, "{}").status()).isEqualTo(400);
        assertThat(SERVER.get(PATH + "/" + UUID.randomUUID()).status()).isEqualTo(404);
        LimitedUser other = LimitedUser.of(SERVER, "Admin");
        assertThat(other.get(PATH + "/" + failed.get("id").asString()).status()).isEqualTo(404);
        assertThat(other.get(PATH).json().get("statements")).isEmpty();
    }

    /** A key may not ask as often as this machine could. */
    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
