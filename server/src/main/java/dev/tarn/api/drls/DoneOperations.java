package dev.tarn.api.drls;

import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers of operations. What an operation found is JSON in a text, as the contract has it. */
@Component
class DoneOperations {
    private final JsonMapper json;

    DoneOperations(JsonMapper json) {
        this.json = json;
    }

    /**
     * What was done.
     *
     * @param table the name as it was sent
     */
    record Done(boolean success, String operation, String table, String detailsJson) {}

    Done of(String operation, String table, Map<String, ?> details) {
        return new Done(true, operation, table, json(details));
    }

    String json(Map<String, ?> details) {
        return json.writeValueAsString(details);
    }
}
