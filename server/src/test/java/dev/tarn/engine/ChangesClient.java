package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Statements of one table, {@code $t}, in a namespace of its own, {@code $s}. */
record ChangesClient(RunningServer server, String table) {
    private static final JsonMapper JSON = JsonMapper.shared();

    String space() {
        return table.substring("iceberg.".length(), table.lastIndexOf('.'));
    }

    Reply sql(String text, Map<String, ?> parameters) {
        ObjectNode body = JSON.createObjectNode()
                .put("statement", text.replace("$t", table).replace("$s", space()));
        if (!parameters.isEmpty()) {
            body.set("parameters", JSON.valueToTree(parameters));
        }
        // The contract's own call takes no parameters.
        return server.post(
                parameters.isEmpty() ? "/v1/sql/execute" : "/tarn/v1/statements", JSON.writeValueAsString(body));
    }

    private JsonNode done(String text, Map<String, ?> parameters) {
        Reply reply = sql(text, parameters);
        assertThat(reply.status()).as(text + ": " + reply.body()).isEqualTo(200);
        return reply.json();
    }

    void run(String text) {
        done(text, Map.of());
    }

    /** How many rows a statement changed. */
    long changed(String text) {
        return changed(text, Map.of());
    }

    long changed(String text, Map<String, ?> parameters) {
        JsonNode row = done(text, parameters).at("/rows/0");
        return (row.isArray() ? row.path(0) : row.path("num_affected_rows")).asLong(-1);
    }

    /** Rows as one text: values with commas, rows with bars. */
    String rows(String query) {
        StringBuilder text = new StringBuilder();
        done(query, Map.of()).get("rows").forEach(row -> {
            text.append(text.isEmpty() ? "" : "|");
            StringBuilder line = new StringBuilder();
            row.forEach(value -> line.append(line.isEmpty() ? "" : ",")
                    .append(value.isValueNode() ? value.asString("null") : value.toString()));
            text.append(line);
        });
        return text.toString();
    }

    String failed(String text, int status) {
        Reply reply = sql(text, Map.of());
        assertThat(reply.status()).as(text + ": " + reply.body()).isEqualTo(status);
        return reply.json().at("/error/code").asString() + " "
                + reply.json().at("/error/message").asString();
    }
}
