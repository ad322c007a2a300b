package dev.tarn.system;

import java.net.http.HttpHeaders;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the server answered. */
record Answer(int status, HttpHeaders headers, String body) {
    JsonNode json() {
        return Json.parse(body);
    }

    /** The error's code, whichever contract's shape it has; empty without one. */
    String code() {
        if (!body.startsWith("{")) {
            return "";
        }
        JsonNode json = json();
        return json.at("/error/code").asString(json.path("code").asString(""));
    }

    /** What the error says to a person. */
    String message() {
        JsonNode json = json();
        return json.at("/error/message").asString(json.path("detail").asString(""));
    }

    List<JsonNode> rows() {
        return json().path("rows").valueStream().toList();
    }

    /** The only value of the only row of an execute. */
    JsonNode value() {
        List<JsonNode> rows = rows();
        if (rows.size() != 1 || rows.getFirst().size() != 1) {
            throw new AssertionError("Not one value: " + this);
        }
        return rows.getFirst().iterator().next();
    }

    List<String> columnNames() {
        return json().path("columns")
                .valueStream()
                .map(column -> column.path("name").asString())
                .toList();
    }

    List<String> columnTypes() {
        return json().path("columns")
                .valueStream()
                .map(column -> column.path("type").asString())
                .toList();
    }

    @Override
    public String toString() {
        return status + " " + (body.length() > 2_000 ? body.substring(0, 2_000) + "..." : body);
    }
}
