package dev.tarn.worker.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error as DuckDB reports it under {@code errors_as_json}; the JSON may stand inside of other text ("Parser Error: {...}",
 * the wrapping of an Arrow stream).
 *
 * @param type DuckDB's exception type, for example {@code Binder}
 * @param subject what kind of thing is missing, for example {@code Table}; empty when it is not that kind of error
 * @param position in UTF-8 bytes, -1 when unknown
 */
public record EngineError(String type, String subtype, String subject, String name, String message, long position) {
    /**
     * The driver hands characters beyond the basic plane over mangled, and cuts the text off by as much; very long texts are
     * cut off too. The type and the beginning of the message are still there.
     */
    private static final Pattern BROKEN = Pattern.compile(
            "\\{\"exception_type\":\"([^\"]*)\",\"exception_message\":\"((?:[^\"\\\\]|\\\\.){0,2000})", Pattern.DOTALL);

    public static EngineError of(Throwable thrown) {
        String text = thrown.getMessage() == null ? "" : thrown.getMessage();
        JsonNode json = json(text);
        Matcher cutOff = BROKEN.matcher(text);
        if (json == null && cutOff.find()) {
            return new EngineError(cutOff.group(1), "", "", "", unescaped(cutOff.group(2)), -1);
        }
        if (json == null) {
            int colon = text.indexOf(" Error: ");
            return colon > 0
                    ? new EngineError(text.substring(0, colon), "", "", "", text.substring(colon + 8), -1)
                    : new EngineError("", "", "", "", text, -1);
        }
        return new EngineError(
                json.path("exception_type").asText(),
                json.path("error_subtype").asText(),
                json.path("type").asText(),
                json.path("name").asText(),
                json.path("exception_message").asText(),
                json.path("position").asLong(-1));
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
    }

    private static @Nullable JsonNode json(String text) {
        int start = text.indexOf("{\"exception_type\"");
        int end = text.lastIndexOf('}');
        // "}}": an Arrow stream's error ends in a brace of its own.
        while (start >= 0 && end > start) {
            try {
                return Json.read(text.substring(start, end + 1));
            } catch (JsonProcessingException e) {
                end = text.lastIndexOf('}', end - 1);
            }
        }
        return null;
    }

    /** The first sentence: what follows in DuckDB's texts are candidates, hints and the statement itself. */
    String firstLine() {
        int end = message.indexOf('\n');
        return (end < 0 ? message : message.substring(0, end)).strip();
    }
}
