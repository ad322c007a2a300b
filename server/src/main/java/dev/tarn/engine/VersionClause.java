package dev.tarn.engine;

import dev.tarn.catalog.TableVersion;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Where a query says which version of a table it reads. The engine sees blanks in its place: it is given that version.
 *
 * @param nameEnd where the name that it follows ends; -1 when that is known otherwise
 * @param offset where it begins, in UTF-16 units
 * @param end where it ends
 */
record VersionClause(int nameEnd, int offset, int end, TableVersion version) {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd()
            .toFormatter();

    /** A snapshot's number, or in quotes a branch, a tag or a number; empty when a text is not one of these. */
    static Optional<TableVersion> version(String text, boolean quoted) {
        if (!quoted && !text.matches("\\d{1,40}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    quoted ? new TableVersion.Named(text) : new TableVersion.OfSnapshot(Long.parseLong(text)));
        } catch (NumberFormatException e) {
            return Optional.of(new TableVersion.Named(text)); // which no table has
        }
    }

    /** A date or a time in quotes, of UTC when it names no zone; without quotes seconds since 1970. */
    static Optional<TableVersion> moment(String text, boolean quoted) {
        try {
            return quoted
                    ? Optional.of(new TableVersion.At(time(text)))
                    : text.matches("\\d{1,11}(\\.\\d{1,9})?")
                            ? Optional.of(new TableVersion.At(seconds(new BigDecimal(text))))
                            : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant seconds(BigDecimal seconds) {
        return Instant.ofEpochMilli(seconds.scaleByPowerOfTen(3).toBigInteger().longValueExact());
    }

    private static Instant time(String text) {
        TemporalAccessor read = TIME.parseBest(
                text.strip()
                        .replaceFirst("(?<=\\d) (?=\\d)", "T")
                        .replaceFirst(" (?=[+-]|Z$)", "")
                        .replaceFirst(" UTC$", "Z"),
                OffsetDateTime::from,
                LocalDateTime::from,
                LocalDate::from);
        return switch (read) {
            case OffsetDateTime zoned -> zoned.toInstant();
            case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
            default -> LocalDate.from(read).atStartOfDay().toInstant(ZoneOffset.UTC);
        };
    }

    /** The version that DuckDB's {@code AT} means; of constants alone, since it is needed before anything is computed. */
    static Optional<TableVersion> of(JsonNode at) {
        boolean version = at.path("unit").asString("").equalsIgnoreCase("VERSION");
        JsonNode expression = at.path("expr");
        if (!version && expression.path("class").asString("").equals("CAST")) {
            expression = expression.path("child");
        }
        JsonNode literal = expression.path("literal");
        if (!expression.path("class").asString("").equals("CONSTANT") || !literal.isObject()) {
            return Optional.empty();
        }
        String text = literal.path("text").asString("");
        boolean quoted = literal.path("kind").asString("").equals("STRING");
        return version ? version(text, quoted) : moment(text, quoted);
    }

    static TarnException unreadable(boolean version) {
        return new TarnException(
                ErrorCode.SYNTAX_ERROR,
                version
                        ? "A version is a snapshot's number, or the name of a branch or tag in quotes"
                        : "The time of a version is a date or a time in quotes, as '2026-01-31 12:00:00'");
    }
}
