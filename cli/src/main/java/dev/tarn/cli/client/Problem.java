package dev.tarn.cli.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Why the server refused: its problem document (RFC 9457), or as much as another answer says. */
public record Problem(int status, String code, String detail, JsonObject document) {
    /** A problem document is small; more is some other server's page and not worth reading. */
    private static final int MAXIMUM_BYTES = 1 << 20;

    /** Where in the statement: 1-based line and column in UTF-16 units, length in the same and possibly 0. */
    public record Position(int line, int column, int length) {}

    static Problem read(int status, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAXIMUM_BYTES);
        try {
            if (Json.read(new ByteArrayInputStream(bytes)) instanceof JsonObject document) {
                JsonObject error = document.object("error");
                return error == null
                        ? new Problem(status, code(document), detail(status, document), document)
                        : new Problem(status, code(error), detail(status, error), document);
            }
        } catch (IOException notJson) {
            // Falls through: a proxy or another program answered, and its status is all there is to tell.
        }
        String start = new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.UTF_8).strip();
        String detail = "The server answered HTTP " + status
                + (start.isEmpty() || start.startsWith("<")
                        ? "."
                        : ": " + start.lines().findFirst().orElse(""));
        return new Problem(status, "http_" + status, detail, JsonObject.of("status", status, "detail", detail));
    }

    private static String code(JsonObject document) {
        return document.text("code", "unknown");
    }

    private static String detail(int status, JsonObject document) {
        String detail = document.text("detail");
        if (detail == null) {
            detail = document.text("message");
        }
        return detail != null ? detail : document.text("title", "The server answered HTTP " + status + ".");
    }

    public @Nullable Position position() {
        JsonObject position = document.object("position");
        return position == null
                ? null
                : new Position((int) position.number("line"), (int) position.number("column"), (int)
                        position.number("length"));
    }
}
