package dev.tarn.jobs;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;

/**
 * Times on the clock of a zone. A time that the clock skips in spring comes as much later as it skips; one that it shows twice in
 * autumn comes the first time alone.
 *
 * @param cron minute, hour, day of month, month, day of week
 */
public record Timing(String cron, ZoneId zone) {
    private static final int FIELDS = 5;
    private static final int LONGEST = 200;
    /** More than the minutes of a day, which a zone has once skipped. */
    private static final int MOST_SKIPPED = 3_000;

    private static final Map<String, String> WORDS = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");

    /** A time on the zone's clock, and when that is. */
    public record Fire(LocalDateTime local, Instant at) {}

    /**
     * Reads what somebody wrote.
     *
     * @param cron five fields, or a word as {@code @daily}
     * @param zone an IANA name, as {@code Europe/Berlin}
     * @throws TarnException {@code INVALID_REQUEST}
     */
    public static Timing parse(String cron, String zone) {
        String fields = WORDS.getOrDefault(cron.strip(), cron.strip().replaceAll("\\s+", " "));
        Timing timing = new Timing(fields, zone(zone));
        boolean readable = cron.length() <= LONGEST && fields.split(" ", -1).length == FIELDS;
        try {
            if (readable && timing.expression().next(LocalDateTime.of(2024, 1, 1, 0, 0)) != null) {
                return timing;
            }
        } catch (IllegalArgumentException e) {
            throw unreadable(cron, e);
        }
        throw unreadable(cron, new IllegalArgumentException("It has other fields, or never comes"));
    }

    private static ZoneId zone(String name) {
        try {
            ZoneId zone = ZoneId.of(name);
            if (ZoneId.getAvailableZoneIds().contains(name)) {
                return zone;
            }
        } catch (DateTimeException e) {
            throw unknownZone(name, e);
        }
        throw unknownZone(name, new IllegalArgumentException("An offset"));
    }

    private static TarnException unknownZone(String name, Exception cause) {
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "There is no time zone %s; it is a name as Europe/Berlin, or UTC".formatted(shortened(name)),
                cause);
    }

    private static TarnException unreadable(String cron, Exception cause) {
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "%s are no times that ever come: cron is minute, hour, day of month, month, day of week, as 30 6 * * MON-FRI, or @hourly, @daily, @weekly, @monthly"
                        .formatted(shortened(cron)),
                cause);
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private CronExpression expression() {
        return CronExpression.parse("0 " + cron);
    }

    /** The first time after an instant; empty when none comes. */
    public Optional<Fire> after(Instant instant) {
        CronExpression expression = expression();
        LocalDateTime local = clockAt(instant);
        for (int skipped = 0; skipped < MOST_SKIPPED; skipped++) {
            LocalDateTime next = expression.next(local);
            if (next == null) {
                return Optional.empty();
            }
            Instant at = next.atZone(zone).toInstant();
            if (at.isAfter(instant)) {
                return Optional.of(new Fire(next, at));
            }
            local = next;
        }
        return Optional.empty();
    }

    /** The clock, or while times that it has skipped still come: as it was before it skipped them. */
    private LocalDateTime clockAt(Instant instant) {
        ZoneOffsetTransition last = zone.getRules().previousTransition(instant.plusNanos(1));
        boolean skippedTimesCome = last != null
                && last.isGap()
                && instant.isBefore(last.getInstant().plus(last.getDuration()));
        return skippedTimesCome
                ? last.getDateTimeBefore().minusNanos(1)
                : instant.atZone(zone).toLocalDateTime();
    }
}
