package dev.tarn.cli.access;

import dev.tarn.cli.CommandException;
import dev.tarn.cli.ExitCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A point in time as an option gives it: a span like {@code 30d}, a day, or a time of ISO 8601. */
final class Moment {
    static final String FORMS =
            "A span like 90m, 12h, 30d or 8w, a day like 2027-01-31, or a time like 2027-01-31T18:00:00Z.";

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})([mhdw])");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private Moment() {}

    /** A span counts from now into the future. */
    static Instant ahead(String text, String option, Instant now, ZoneId zone) throws CommandException {
        Matcher span = SPAN.matcher(text);
        return span.matches() ? now.plus(length(span)) : fixed(text, option, zone);
    }

    /** A span counts from now into the past; whole days and weeks begin with their first day, as a day does. */
    static Instant ago(String text, String option, Instant now, ZoneId zone) throws CommandException {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            return fixed(text, option, zone);
        }
        Instant start = now.minus(length(span));
        boolean days = span.group(2).equals("d") || span.group(2).equals("w");
        return days ? start.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant() : start;
    }

    private static Duration length(Matcher span) {
        long count = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(7 * count);
        };
    }

    private static Instant fixed(String text, String option, ZoneId zone) throws CommandException {
        try {
            return DAY.matcher(text).matches()
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new CommandException(ExitCode.USAGE, "\"" + text + "\" is no time for " + option + ". " + FORMS);
        }
    }
}
