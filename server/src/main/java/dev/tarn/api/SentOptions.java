package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Options of an operation, by name: texts, numbers, booleans, and lists of these. */
public final class SentOptions {
    private SentOptions() {}

    /**
     * As texts; a list is its entries with commas between, and null is as absent.
     *
     * @throws TarnException {@code INVALID_REQUEST}
     */
    public static Map<String, String> texts(@Nullable Map<String, JsonNode> sent) {
        Map<String, String> texts = new TreeMap<>();
        if (sent != null) {
            sent.forEach((name, value) -> {
                if (!value.isNull()) {
                    texts.put(name, text(name, value));
                }
            });
        }
        return texts;
    }

    private static String text(String name, JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(entry -> text(name, entry)).collect(Collectors.joining(","));
        }
        if (value.isObject() || value.isNull()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The option %s is neither a text, a number, a boolean nor a list of these".formatted(name));
        }
        return value.asString();
    }
}
