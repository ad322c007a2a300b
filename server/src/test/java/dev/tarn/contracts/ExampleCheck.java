package dev.tarn.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Holds the examples of an operation to their schemas. It knows the part of JSON Schema that the contract files use: type,
 * enum, pattern, minimum, maximum, required, properties, additionalProperties, items, allOf and references.
 */
public final class ExampleCheck {
    private final ContractFile file;
    private final List<String> problems = new ArrayList<>();

    public ExampleCheck(ContractFile file) {
        this.file = file;
    }

    /** What does not fit, each with its place. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Checks the request's examples and those of every answer. */
    void operation(Operation operation) {
        content("request", operation.node().path("requestBody"));
        operation
                .node()
                .path("responses")
                .properties()
                .forEach(response -> content(response.getKey(), file.resolve(response.getValue())));
    }

    private void content(String place, JsonNode body) {
        for (Map.Entry<String, JsonNode> media : body.path("content").properties()) {
            JsonNode schema = media.getValue().path("schema");
            List<JsonNode> examples = examples(media.getValue());
            if (media.getKey().endsWith("json") && examples.isEmpty() && schema.has("$ref")) {
                problems.add(place + " has no example");
            }
            examples.forEach(example -> value(place, schema, example));
        }
    }

    private static List<JsonNode> examples(JsonNode media) {
        Stream<JsonNode> single = media.has("example") ? Stream.of(media.path("example")) : Stream.empty();
        return Stream.concat(single, media.path("examples").valueStream().map(example -> example.path("value")))
                .toList();
    }

    /** Checks one value; the place stands in the problems. */
    public void value(String place, JsonNode schemaOrReference, JsonNode value) {
        JsonNode schema = file.resolve(schemaOrReference);
        schema.path("allOf").forEach(part -> value(place, part, value));
        if (schema.has("type") && types(schema).noneMatch(type -> isOf(type, value))) {
            problems.add(place + ": " + value + " is not of type " + schema.path("type"));
            return;
        }
        switch (value.getNodeType()) {
            case OBJECT -> object(place, schema, value);
            case ARRAY -> value.forEach(item -> value(place + "/-", schema.path("items"), item));
            case STRING -> text(place, schema, value);
            case NUMBER -> number(place, schema, value);
            case BOOLEAN, NULL, BINARY, MISSING, POJO -> {}
        }
    }

    private void object(String place, JsonNode schema, JsonNode value) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asString())) {
                problems.add(place + " lacks " + name.asString());
            }
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode property = schema.path("properties").path(field.getKey());
            if (property.isMissingNode() && !schema.path("additionalProperties").asBoolean(true)) {
                problems.add(place + " has an unknown field " + field.getKey());
            }
            value(place + "/" + field.getKey(), property, field.getValue());
        }
    }

    private void text(String place, JsonNode schema, JsonNode value) {
        String text = value.asString();
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
            problems.add(place + ": " + text + " is none of " + schema.path("enum"));
        }
        if (schema.has("pattern")
                && !Pattern.compile(schema.path("pattern").asString())
                        .matcher(text)
                        .find()) {
            problems.add(place + ": " + text + " does not match " + schema.path("pattern"));
        }
    }

    private void number(String place, JsonNode schema, JsonNode value) {
        double number = value.doubleValue();
        if (number < schema.path("minimum").asDouble(number)
                || number > schema.path("maximum").asDouble(number)) {
            problems.add(place + ": " + value + " is out of range");
        }
    }

    private static Stream<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? Operation.texts(type).stream() : Stream.of(type.asString());
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("JSON Schema has no type " + type);
        };
    }
}
