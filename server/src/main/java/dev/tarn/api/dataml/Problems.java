package dev.tarn.api.dataml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a request does not fit, in the framework's types and words. It shows what came in, as the framework does, but never a
 * secret and never much.
 */
final class Problems {
    private static final Set<String> SECRETS = Set.of("password", "new_password", "refresh_token", "client_secret");
    private static final String HIDDEN = "**********";
    private static final int LONGEST_SHOWN = 1_000;

    private final List<Map<String, Object>> entries = new ArrayList<>();

    void missing(@Nullable Object input, String... place) {
        add("missing", "Field required", input, Map.of(), (Object[]) place);
    }

    void notText(String place, String name, JsonNode value) {
        add("string_type", "Input should be a valid string", shown(name, value), Map.of(), place, name);
    }

    void notList(String place, String name, JsonNode value) {
        add("list_type", "Input should be a valid list", shown(name, value), Map.of(), place, name);
    }

    void notTextAt(String place, String name, int index, JsonNode value) {
        add("string_type", "Input should be a valid string", shown(name, value), Map.of(), place, name, index);
    }

    void notNumber(String place, String name, String value) {
        String message = "Input should be a valid integer, unable to parse string as an integer";
        add("int_parsing", message, cut(value), Map.of(), place, name);
    }

    void notUuid(String place, String name, String value) {
        String reason = "invalid character or length";
        add(
                "uuid_parsing",
                "Input should be a valid UUID, " + reason,
                cut(value),
                Map.of("error", reason),
                place,
                name);
    }

    void noEmail(String place, String name, String value) {
        String reason = "An email address must have an @-sign and a domain.";
        String message = "value is not a valid email address: " + reason;
        add("value_error", message, cut(value), Map.of("reason", reason), place, name);
    }

    void tooShort(String place, String name, int shortest) {
        String message = "String should have at least %d characters".formatted(shortest);
        add("string_too_short", message, HIDDEN, Map.of("min_length", shortest), place, name);
    }

    void tooLong(String place, String name, int longest) {
        String message = "String should have at most %d characters".formatted(longest);
        add("string_too_long", message, HIDDEN, Map.of("max_length", longest), place, name);
    }

    void otherThan(String place, String name, String pattern, String value) {
        String message = "String should match pattern '%s'".formatted(pattern);
        add("string_pattern_mismatch", message, cut(value), Map.of("pattern", pattern), place, name);
    }

    void brokenJson(long offset, String error) {
        add("json_invalid", "JSON decode error", Map.of(), Map.of("error", error), "body", offset);
    }

    void notAnObject(@Nullable Object input) {
        String message = "Input should be a valid dictionary or object to extract fields from";
        add("model_attributes_type", message, input, Map.of(), "body");
    }

    private void add(String type, String message, @Nullable Object input, Map<String, ?> context, Object... place) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("type", type);
        entry.put("loc", Stream.of(place).toList());
        entry.put("msg", message);
        entry.put("input", input);
        if (!context.isEmpty()) {
            entry.put("ctx", context);
        }
        entries.add(entry);
    }

    int count() {
        return entries.size();
    }

    /** Fails when something did not fit. */
    void check() {
        if (!entries.isEmpty()) {
            throw Refusals.invalid(entries);
        }
    }

    /** What came in as it may be repeated to who sent it; null when it is long. */
    static @Nullable JsonNode shown(JsonNode value) {
        JsonNode shown = value;
        if (value instanceof ObjectNode object) {
            ObjectNode copy = object.deepCopy();
            SECRETS.stream().filter(copy::has).forEach(secret -> copy.put(secret, HIDDEN));
            shown = copy;
        }
        return shown.toString().length() > LONGEST_SHOWN ? null : shown;
    }

    private static @Nullable Object shown(String name, JsonNode value) {
        return SECRETS.contains(name) ? HIDDEN : shown(value);
    }

    private static String cut(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) : text;
    }
}
