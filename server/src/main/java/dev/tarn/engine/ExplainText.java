package dev.tarn.engine;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The plan in the answer to EXPLAIN: the last column of its rows. */
final class ExplainText {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ExplainText() {}

    static String of(QueryResult plan) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartArray();
            plan.writeRows(json, QueryResult.RowShape.ARRAY);
            json.writeEndArray();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode row : JSON.readTree(bytes.toByteArray())) {
            text.append(row.get(row.size() - 1).asString());
        }
        return text.toString();
    }
}
