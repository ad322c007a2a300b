package dev.tarn.api.drls;

import dev.tarn.api.IsoTime;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Times as Iceberg's users write them: ISO 8601, or milliseconds since 1970. */
final class Moments {
    private static final Pattern MILLIS = Pattern.compile("-?\\d{5,18}");

    private Moments() {}

    static Instant of(String name, String text) {
        return MILLIS.matcher(text.strip()).matches()
                ? Instant.ofEpochMilli(Long.parseLong(text.strip()))
                : IsoTime.of(name, text);
    }

    /** The time of a field; null is as absent. */
    static Optional<Instant> optional(String name, @Nullable JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return Optional.empty();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return Optional.of(Instant.ofEpochMilli(value.asLong()));
        }
        if (value.isString()) {
            return Optional.of(of(name, value.asString()));
        }
        throw new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The field %s is no time; write it as 2026-11-27T10:00:00Z, or in milliseconds since 1970"
                        .formatted(name));
    }
}
