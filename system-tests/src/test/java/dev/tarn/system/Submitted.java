package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Statements that were submitted, as a client sees them. */
final class Submitted {
    static final String ENDLESS = "SELECT count(*) FROM range(1000000000000) a, range(1000000) b";

    private static final Set<String> OVER = Set.of("completed", "failed", "cancelled");

    private Submitted() {}

    static String send(Api api, String statement) {
        Answer answer = api.post("/v1/sql/submit", Map.of("statement", statement));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return answer.json().path("query_id").asString();
    }

    static JsonNode look(Api api, String id) {
        Answer answer = api.get("/v1/sql/queries/" + id);
        assertThat(answer.status()).as(id + ": " + answer).isEqualTo(200);
        return answer.json();
    }

    static boolean isOver(JsonNode statement) {
        return OVER.contains(status(statement));
    }

    static String status(JsonNode statement) {
        return statement.path("status").asString();
    }

    static void runs(Api api, String id) {
        Eventually.within(
                Duration.ofSeconds(30),
                id + " runs",
                () -> status(look(api, id)).equals("running"));
    }

    static JsonNode over(Api api, String id) {
        return Eventually.found(
                Duration.ofSeconds(90),
                id + " ends",
                () -> Optional.of(look(api, id)).filter(Submitted::isOver));
    }
}
