package dev.tarn.system;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A load as a client sends it.
 *
 * @param length the Content-Length; chunked without
 */
record Load(
        Map<String, String> query, Optional<String> idempotencyKey, OptionalLong length, Supplier<InputStream> body) {
    static Load into(String table) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("table", table);
        query.put("filename", "data.csv");
        return new Load(query, Optional.empty(), OptionalLong.empty(), InputStream::nullInputStream);
    }

    Load mode(String mode) {
        return with("mode", mode);
    }

    Load with(String parameter, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(parameter, value);
        return new Load(more, idempotencyKey, length, body);
    }

    Load once(String key) {
        return new Load(query, Optional.of(key), length, body);
    }

    Load of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    Load of(byte[] bytes) {
        return new Load(query, idempotencyKey, OptionalLong.of(bytes.length), () -> new ByteArrayInputStream(bytes));
    }

    /** Bytes that are sent as they come, without a word of their number before. */
    Load of(Supplier<InputStream> bytes) {
        return new Load(query, idempotencyKey, OptionalLong.empty(), bytes);
    }

    String path() {
        return "/tarn/v1/loads?"
                + query.entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }
}
