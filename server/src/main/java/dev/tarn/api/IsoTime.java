package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as clients write them in ISO 8601: with an offset, with none (then it is UTC), or a date alone (its first moment). A plus
 * that became a blank in a query, and a blank between date and time, are read as they were meant.
 */
public final class IsoTime {
    private static final Pattern LOST_PLUS = Pattern.compile(" (\\d\\d:?\\d\\d)$");
    private static final Pattern BLANK_FOR_T = Pattern.compile("^(\\d{4}-\\d\\d-\\d\\d) (?=\\d)");
    private static final Pattern SHORT_OFFSET = Pattern.compile("([+-]\\d\\d)(\\d\\d)$");
    private static final int LONGEST = 60;

    private IsoTime() {}

    /** The time of a parameter; an absent or empty one is none. */
    public static Optional<Instant> optional(String name, @Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(of(name, text));
    }

    /**
     * The time that a text says.
     *
     * @param name of the parameter or field, for the message
     * @throws TarnException {@code INVALID_REQUEST} for a text that is no time
     */
    public static Instant of(String name, String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        try {
            return parsed(text.length() > LONGEST ? "" : text.strip());
        } catch (DateTimeException e) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "%s is '%s', which is no time of ISO 8601; write it as 2026-11-27T10:00:00Z".formatted(name, shown),
                    e);
        }
    }

    private static Instant parsed(String text) {
        String whole = BLANK_FOR_T.matcher(text).replaceFirst("$1T");
        String time = LOST_PLUS.matcher(whole).replaceFirst("+$1");
        if (time.length() == "2026-11-27".length()) {
            return LocalDate.parse(time).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        String clock = time.substring(Math.min(time.length(), "2026-11-27".length()));
        boolean zoned =
                clock.endsWith("Z") || clock.endsWith("z") || clock.indexOf('+') >= 0 || clock.indexOf('-') >= 0;
        return zoned
                ? OffsetDateTime.parse(SHORT_OFFSET.matcher(time).replaceFirst("$1:$2"))
                        .toInstant()
                : LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
    }
}
