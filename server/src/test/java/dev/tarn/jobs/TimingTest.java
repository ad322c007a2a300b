package dev.tarn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Berlin's clock skips 02:00 to 03:00 on 2026-03-29 and shows it twice on 2026-10-25. */
class TimingTest {
    private static List<String> times(String cron, String zone, String from, String until) {
        Timing timing = Timing.parse(cron, zone);
        List<String> times = new ArrayList<>();
        Instant now = Instant.parse(from);
        while (true) {
            Timing.Fire next = timing.after(now).orElseThrow();
            if (next.at().isAfter(Instant.parse(until))) {
                return times;
            }
            times.add(next.local() + " " + next.at());
            now = next.at();
        }
    }

    @Test
    void aTimeOfTheDayFollowsTheClock() {
        assertThat(times("30 6 * * *", "Europe/Berlin", "2026-03-27T12:00:00Z", "2026-03-30T12:00:00Z"))
                .containsExactly(
                        "2026-03-28T06:30 2026-03-28T05:30:00Z",
                        "2026-03-29T06:30 2026-03-29T04:30:00Z",
                        "2026-03-30T06:30 2026-03-30T04:30:00Z");
    }

    @Test
    void aTimeThatTheClockSkipsComesLater() {
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z"))
                .containsExactly("2026-03-29T02:30 2026-03-29T01:30:00Z", "2026-03-30T02:30 2026-03-30T00:30:00Z");
    }

    @Test
    void aTimeThatTheClockShowsTwiceComesOnce() {
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"))
                .containsExactly("2026-10-25T02:30 2026-10-25T00:30:00Z", "2026-10-26T02:30 2026-10-26T01:30:00Z");
    }

    @Test
    void quartersOfAnHourNeverComeTwiceAtOneMoment() {
        List<String> spring = times("*/15 * * * *", "Europe/Berlin", "2026-03-29T00:30:00Z", "2026-03-29T02:00:00Z");
        assertThat(spring.stream().map(time -> time.substring(time.indexOf(' ') + 1)))
                .containsExactly(
                        "2026-03-29T00:45:00Z",
                        "2026-03-29T01:00:00Z",
                        "2026-03-29T01:15:00Z",
                        "2026-03-29T01:30:00Z",
                        "2026-03-29T01:45:00Z",
                        "2026-03-29T02:00:00Z");
        List<String> autumn = times("*/30 * * * *", "Europe/Berlin", "2026-10-24T23:45:00Z", "2026-10-25T02:30:00Z");
        assertThat(autumn)
                .containsExactly(
                        "2026-10-25T02:00 2026-10-25T00:00:00Z",
                        "2026-10-25T02:30 2026-10-25T00:30:00Z",
                        "2026-10-25T03:00 2026-10-25T02:00:00Z",
                        "2026-10-25T03:30 2026-10-25T02:30:00Z");
    }

    @Test
    void inTheSkippedHourItIsStillToCome() {
        // A server that looks anew at 03:10 knows that 02:30 comes at 03:30.
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-03-29T01:10:00Z", "2026-03-29T02:00:00Z"))
                .containsExactly("2026-03-29T02:30 2026-03-29T01:30:00Z");
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", "2026-10-25T03:00:00Z"))
                .isEmpty();
    }

    @Test
    void aDayThatAZoneSkippedDoesNotHoldItUp() {
        assertThat(times("*/10 * * * *", "Pacific/Apia", "2011-12-30T09:50:00Z", "2011-12-30T10:10:00Z"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@daily|0 0 * * *",
                "  5   4 * *  MON-FRI |5 4 * * MON-FRI",
                "0 0 L * *|0 0 L * *",
                "0 12 * * SUN#1|0 12 * * SUN#1"
            })
    void whatCanBeRead(String cron, String fields) {
        assertThat(Timing.parse(cron, "UTC").cron()).isEqualTo(fields);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * *|UTC",
                "* * * * * *|UTC",
                "61 * * * *|UTC",
                "0 0 30 2 *|UTC",
                "soon|UTC",
                "@every 5m|UTC",
                "* * * * *|Middle/Earth",
                "* * * * *|+02:00",
                "* * * * *|''"
            })
    void whatCannotBeReadIsToldToo(String cron, String zone) {
        assertThatThrownBy(() -> Timing.parse(cron, zone))
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }
}
