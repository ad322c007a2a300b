package dev.tarn.engine;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A value that stands in a statement; {@code text} of a parameter is its number. */
record Constant(Kind kind, String text) {
    enum Kind {
        NUMBER,
        TEXT,
        DATE,
        TIMESTAMP,
        PARAMETER
    }

    static Optional<Constant> of(JsonNode node) {
        return switch (node.path("class").asString("")) {
            case "CONSTANT" -> literal(node.path("literal"));
            case "PARAMETER" ->
                Optional.of(new Constant(Kind.PARAMETER, node.path("identifier").asString("")));
            case "CAST" -> cast(node);
            default -> Optional.empty();
        };
    }

    private static Optional<Constant> literal(JsonNode literal) {
        String text = literal.path("text").asString("");
        return switch (literal.path("kind").asString("")) {
            case "INTEGER", "NUMERIC" -> Optional.of(new Constant(Kind.NUMBER, text));
            case "STRING" -> Optional.of(new Constant(Kind.TEXT, text));
            default -> Optional.empty();
        };
    }

    /** {@code DATE '2024-01-01'} and its like. */
    private static Optional<Constant> cast(JsonNode node) {
        JsonNode type = node.path("type_expr");
        if (node.path("try_cast").asBoolean(false)
                || !type.path("children").isEmpty()
                || type.path("qualified_name").path("path").size() > 1) {
            return Optional.empty();
        }
        Optional<Constant> text = of(node.path("child")).filter(child -> child.kind() == Kind.TEXT);
        return switch (type.path("type_name").asString("").toLowerCase(Locale.ROOT)) {
            case "date" -> text.map(child -> new Constant(Kind.DATE, child.text()));
            case "timestamp" -> text.map(child -> new Constant(Kind.TIMESTAMP, child.text()));
            default -> Optional.empty();
        };
    }
}
