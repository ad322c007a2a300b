package dev.tarn.usage;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Days and hours of a zone. The database sums up quarters of an hour; since every zone's offset is a multiple of one, days
 * are made of them exactly, those of 23 and 25 hours too.
 */
record ZoneTimes(ZoneId zone) {
    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mmxxx", Locale.ROOT);

    /** @throws TarnException {@code INVALID_REQUEST} for a zone that nobody knows */
    static ZoneTimes of(String name) {
        try {
            ZoneId zone = ZoneId.of(name);
            if (zone.getRules()
                                    .getOffset(Instant.EPOCH.plus(Duration.ofDays(365 * 50)))
                                    .getTotalSeconds()
                            % QUARTER_HOUR.toSeconds()
                    == 0) {
                return new ZoneTimes(zone);
            }
        } catch (DateTimeException e) {
            // told below, like an offset of odd minutes
        }
        String shown = name.length() > 60 ? name.substring(0, 60) + "..." : name;
        throw new TarnException(
                ErrorCode.INVALID_REQUEST,
                "'%s' is no time zone; send a name as Europe/Berlin, UTC, or an offset of whole quarters of an hour as +05:30"
                        .formatted(shown));
    }

    String day(long quarterHour) {
        return begin(quarterHour).atZone(zone).toLocalDate().toString();
    }

    /** With its offset: in autumn two hours have the same name. */
    String hour(long quarterHour) {
        return begin(quarterHour).atZone(zone).truncatedTo(ChronoUnit.HOURS).format(HOUR);
    }

    private static Instant begin(long quarterHour) {
        return Instant.EPOCH.plus(QUARTER_HOUR.multipliedBy(quarterHour));
    }
}
