package dev.tarn.api.datalinks;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of a JSON object as the contract's clients send them: with any Content-Type or none at all, with nulls where a field
 * is left out, and by one of several names, since the names have changed with the clients' age.
 */
final class Fields {
    private final JsonNode object;

    private Fields(JsonNode object) {
        this.object = object;
    }

    /** The body of a request, which must be an object. */
    static Fields required(HttpServletRequest request, JsonMapper json) throws IOException {
        return read(request, json)
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_JSON, "The request needs a JSON object as its body; send one"));
    }

    /** The body of a request; empty when there is none. */
    static Optional<Fields> read(HttpServletRequest request, JsonMapper json) throws IOException {
        JsonNode body;
        try {
            body = json.readTree(request.getInputStream());
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException("The body is no JSON", e, new ServletServerHttpRequest(request));
        }
        if (body == null || body.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(of("The body", body));
    }

    private static Fields of(String what, JsonNode node) {
        if (!node.isObject()) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, what + " is not a JSON object; send one");
        }
        return new Fields(node);
    }

    /** The text of the first of these fields that is there. */
    Optional<String> text(String... names) {
        return field(names).map(value -> {
            if (!value.isString()) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST, "The field %s is not a text; send one".formatted(names[0]));
            }
            return value.asString();
        });
    }

    /** The text of a field that must be there. */
    String requiredText(String name) {
        return text(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST, "The field %s is missing; send it".formatted(name)));
    }

    /** The objects of the list that is the first of these fields that is there. */
    Optional<List<Fields>> objects(String... names) {
        return field(names).map(list -> {
            if (!list.isArray()) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST, "The field %s is not a list; send one".formatted(names[0]));
            }
            List<Fields> objects = new ArrayList<>();
            list.forEach(entry -> objects.add(of("An entry of " + names[0], entry)));
            return objects;
        });
    }

    private Optional<JsonNode> field(String... names) {
        for (String name : names) {
            JsonNode value = object.path(name);
            if (!value.isMissingNode() && !value.isNull()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
