package dev.tarn.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes an answer as it is made, for answers that are too large to be held as objects first. */
@Component
public class JsonBody {
    private final JsonMapper mapper;

    JsonBody(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Answers 200 with what {@code content} writes. */
    public void write(HttpServletResponse response, Consumer<JsonGenerator> content) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        try (JsonGenerator json = mapper.createGenerator(response.getOutputStream())) {
            content.accept(json);
        }
    }
}
