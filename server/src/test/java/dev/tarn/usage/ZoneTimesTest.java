package dev.tarn.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Days of a zone out of quarters of an hour, over the days on which clocks change. */
class ZoneTimesTest {
    @Test
    void aDayIsAsLongAsItIs() {
        for (String zone : List.of(
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "Asia/Kathmandu",
                "Pacific/Chatham",
                "America/St_Johns")) {
            ZoneTimes times = ZoneTimes.of(zone);
            for (String date :
                    List.of("2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04")) {
                LocalDate day = LocalDate.parse(date);
                Instant begin = day.atStartOfDay(ZoneId.of(zone)).toInstant();
                Instant end = day.plusDays(1).atStartOfDay(ZoneId.of(zone)).toInstant();
                long quarters = LongStream.range(quarter(begin) - 200, quarter(end) + 200)
                        .filter(each -> times.day(each).equals(date))
                        .count();
                assertThat(Duration.ofMinutes(15 * quarters))
                        .as(zone + " " + date)
                        .isEqualTo(Duration.between(begin, end));
            }
        }
        assertThat(ZoneTimes.of("Europe/Berlin").hour(quarter(Instant.parse("2026-10-25T00:10:00Z"))))
                .isEqualTo("2026-10-25T02:00+02:00");
        assertThat(ZoneTimes.of("Europe/Berlin").hour(quarter(Instant.parse("2026-10-25T01:10:00Z"))))
                .isEqualTo("2026-10-25T02:00+01:00");
        assertThat(ZoneTimes.of("UTC").hour(quarter(Instant.parse("2026-10-25T01:59:00Z"))))
                .isEqualTo("2026-10-25T01:00+00:00");
    }

    @Test
    void whatIsNoZoneIsRefused() {
        for (String zone : List.of("", "Mars", "+00:07", "GMT0BST", "x".repeat(1_000))) {
            assertThatThrownBy(() -> ZoneTimes.of(zone)).as(zone).hasMessageContaining("is no time zone");
        }
    }

    private static long quarter(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), 900);
    }
}
