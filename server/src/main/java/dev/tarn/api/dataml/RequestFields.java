package dev.tarn.api.dataml;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * Reads the fields of a request from its form, its JSON or its query, without the container's parsing: that would mix query and
 * body, and a form without its own limit.
 */
@Component
class RequestFields {
    private static final int LARGEST_FORM = 64 * 1024;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final JsonMapper json;

    RequestFields(JsonMapper json) {
        this.json = json;
    }

    /** The fields of a form; an empty one is as absent. Another kind of body has none. */
    Fields ofForm(HttpServletRequest request) {
        Map<String, JsonNode> values = isForm(request) ? decoded(body(request, LARGEST_FORM)) : Map.of();
        return new Fields("body", values, null, new Problems());
    }

    /** The fields of a JSON object. */
    Fields ofJson(HttpServletRequest request) {
        Problems problems = new Problems();
        JsonNode body = object(request, problems);
        problems.check();
        Map<String, JsonNode> values = new LinkedHashMap<>();
        body.properties().forEach(field -> values.put(field.getKey(), field.getValue()));
        return new Fields("body", values, Problems.shown(body), problems);
    }

    /** The fields of the query, and those that are not in it from a form or from JSON. */
    Fields ofQueryOrBody(HttpServletRequest request) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        if (isForm(request)) {
            values.putAll(decoded(body(request, LARGEST_FORM)));
        } else if (isJson(request) && request.getContentLengthLong() != 0) {
            values.putAll(ofJson(request).values());
        }
        values.putAll(decoded(Optional.ofNullable(request.getQueryString()).orElse("")));
        return new Fields("query", values, null, new Problems());
    }

    private JsonNode object(HttpServletRequest request, Problems problems) {
        String text = body(request, Integer.MAX_VALUE - 1);
        if (text.isEmpty()) {
            problems.missing(null, "body");
        } else if (!isJson(request)) {
            problems.notAnObject(null);
        } else {
            try {
                JsonNode body = json.readTree(text);
                if (body.isObject()) {
                    return body;
                }
                problems.notAnObject(Problems.shown(body));
            } catch (JacksonException e) {
                problems.brokenJson(offset(e), reason(e));
            }
        }
        return json.createObjectNode();
    }

    private static long offset(JacksonException exception) {
        TokenStreamLocation location = exception.getLocation();
        return location == null ? 0 : Math.max(0, location.getCharOffset());
    }

    /** What the parser says; the binder's words are of our own classes. */
    private static String reason(JacksonException exception) {
        if (!(exception instanceof StreamReadException)) {
            return "Extra data";
        }
        return Optional.ofNullable(exception.getOriginalMessage())
                .flatMap(text -> text.lines().findFirst())
                .map(line -> line.length() > 200 ? line.substring(0, 200) : line)
                .orElse("Expecting value");
    }

    private static Map<String, JsonNode> decoded(String form) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && equals < pair.length() - 1) {
                try {
                    values.put(
                            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            StringNode.valueOf(URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8)));
                } catch (IllegalArgumentException e) {
                    throw Refusals.unreadableBody(); // a % that is followed by no number
                }
            }
        }
        return values;
    }

    private static String body(HttpServletRequest request, int largest) {
        try {
            byte[] bytes = request.getInputStream().readNBytes(largest + 1);
            if (bytes.length > largest) {
                throw new TarnException(
                        ErrorCode.PAYLOAD_TOO_LARGE,
                        "A form has at most %,d bytes here; leave out what is not needed".formatted(largest));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusals.unreadableBody();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The body of the request cannot be read", e);
        }
    }

    private static boolean isForm(HttpServletRequest request) {
        return mediaType(request).equals(FORM);
    }

    /** No type at all is taken for JSON, as the framework does. */
    private static boolean isJson(HttpServletRequest request) {
        String type = mediaType(request);
        return type.isEmpty() || type.equals("application/json") || type.endsWith("+json");
    }

    private static String mediaType(HttpServletRequest request) {
        String type = Optional.ofNullable(request.getContentType()).orElse("");
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
