package dev.tarn.engine;

import dev.tarn.worker.protocol.Parameter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value that a statement compares with. Moments are microseconds since 1970 in UTC, the zone of every statement; those without a
 * zone too, and a day is its midnight.
 *
 * @param value BigDecimal, String, Boolean, Long for the moments, {@link Interval}
 */
record Constant(Kind kind, Object value) implements Comparable<Constant> {
    static final long DAY_MICROS = 86_400_000_000L;

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}|[+-]?\\d{1,15}\\.\\d{1,15}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?(Z|[+-]\\d{2}(:\\d{2})?)?");
    private static final Pattern ZONE = Pattern.compile("(Z|[+-]\\d{2}(:\\d{2})?)$");

    enum Kind {
        NUMBER,
        TEXT,
        BOOLEAN,
        DATE,
        TIMESTAMP,
        ZONED,
        INTERVAL;

        boolean isMoment() {
            return this == DATE || this == TIMESTAMP || this == ZONED;
        }
    }

    /** A span of time; months are of no fixed length. */
    record Interval(int months, int days, long micros) {
        Interval negated() {
            return new Interval(-months, -days, -micros);
        }
    }

    /** A number as it is written; empty for those that the engine may hold as floating ones. */
    static Optional<Constant> number(String text) {
        return NUMBER.matcher(text).matches()
                ? Optional.of(new Constant(Kind.NUMBER, new BigDecimal(text)))
                : Optional.empty();
    }

    static Constant text(String text) {
        return new Constant(Kind.TEXT, text);
    }

    /** A day as it is usually written. */
    static Optional<Constant> date(String text) {
        try {
            return DAY.matcher(text).matches()
                    ? Optional.of(LocalDate.parse(text))
                            .filter(day -> day.getYear() > 0)
                            .map(day -> new Constant(Kind.DATE, micros(day.atStartOfDay())))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A moment as it is usually written, a day alone too; only a zoned one has a zone. */
    static Optional<Constant> moment(String text, Kind kind) {
        Optional<Constant> day = date(text);
        if (day.isPresent()) {
            return Optional.of(new Constant(kind, day.get().value()));
        }
        boolean hasZone = ZONE.matcher(text).find();
        if (!TIME.matcher(text).matches() || (hasZone && kind != Kind.ZONED)) {
            return Optional.empty();
        }
        try {
            String plain = text.replace(' ', 'T');
            LocalDateTime at = hasZone
                    ? OffsetDateTime.parse(plain.replaceFirst("([+-]\\d{2})$", "$1:00"))
                            .atZoneSameInstant(ZoneOffset.UTC)
                            .toLocalDateTime()
                    : LocalDateTime.parse(plain);
            return at.getYear() > 0 ? Optional.of(new Constant(kind, micros(at))) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<Constant> of(Parameter parameter) {
        String text = parameter.value();
        if (text == null) {
            return Optional.empty();
        }
        String type = parameter.type();
        return switch (type.indexOf('(') < 0 ? type : type.substring(0, type.indexOf('('))) {
            case "VARCHAR" -> Optional.of(text(text));
            case "INTEGER", "BIGINT", "DECIMAL" -> number(text);
            case "DATE" -> date(text);
            case "TIMESTAMP" -> moment(text, Kind.TIMESTAMP);
            default -> Optional.empty();
        };
    }

    BigDecimal number() {
        return (BigDecimal) value;
    }

    long micros() {
        return (Long) value;
    }

    String text() {
        return (String) value;
    }

    LocalDateTime time() {
        return time(micros());
    }

    static LocalDateTime time(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000, ZoneOffset.UTC);
    }

    static long micros(LocalDateTime at) {
        return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), at);
    }

    /** Of numbers and of moments; all others are as good as equal. */
    @Override
    public int compareTo(Constant other) {
        if (kind == Kind.NUMBER && other.kind == Kind.NUMBER) {
            return number().compareTo(other.number());
        }
        return kind.isMoment() && other.kind.isMoment() ? Long.compare(micros(), other.micros()) : 0;
    }
}
