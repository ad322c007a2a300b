package dev.tarn.api.datalynxr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Submits statements and asks for them, as the administrator of the shared server. */
final class SubmittedQueries {
    static final String ENDLESS =
            "select count(*) from range(1000000000000) a, range(1000000) b where a.range = b.range + 7";

    private SubmittedQueries() {}

    static String body(String statement) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("statement", statement)
                .toString();
    }

    static String submit(RunningServer server, String statement) {
        return accepted(server.post("/v1/sql/submit", body(statement)));
    }

    static String accepted(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        return reply.json().get("query_id").asString();
    }

    static JsonNode when(RunningServer server, String id, Predicate<String> status) {
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

    static JsonNode over(String id) {
        return when(
                RunningServer.shared(),
                id,
                status -> !List.of("queued", "running").contains(status));
    }

    static Reply get(String id, String accept) {
        return RunningServer.shared()
                .send(
                        "GET",
                        "/v1/sql/queries/" + id,
                        null,
                        "Authorization",
                        "Bearer " + RunningServer.shared().key(),
                        "Accept",
                        accept);
    }
}
