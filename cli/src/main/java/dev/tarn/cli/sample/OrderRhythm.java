package dev.tarn.cli.sample;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * When people buy: more each year, most before Christmas, on Sunday evenings more than on Monday mornings. Orders are
 * spread along the cumulative weight of every hour from three years before the end, so they come in order of time.
 */
final class OrderRhythm {
    private static final int YEARS = 3;
    private static final double[] OF_MONTH = {.92, .86, .94, .97, 1.0, .98, .93, .90, .98, 1.03, 1.18, 1.42};
    private static final double[] OF_WEEKDAY = {1.02, .97, .96, 1.0, 1.04, .95, 1.16};
    private static final double[] OF_HOUR = {
        .20, .11, .06, .05, .06, .12, .30, .55, .80, 1.0, 1.12, 1.15, 1.20, 1.10, 1.02, 1.0, 1.05, 1.18, 1.38, 1.62,
        1.72, 1.48, .95, .48
    };

    private final long start;
    private final long end;
    /** Weight of all hours before hour i. */
    private final double[] before;

    OrderRhythm(long seed, LocalDateTime until) {
        LocalDate first = until.toLocalDate().minusYears(YEARS);
        start = first.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        end = until.toEpochSecond(ZoneOffset.UTC);
        int hours = (int) ((end - start + 3_599) / 3_600);
        before = new double[hours + 1];
        double ofDay = 1;
        for (int hour = 0; hour < hours; hour++) {
            if (hour % 24 == 0) {
                ofDay = ofDay(seed, first.plusDays(hour / 24), hour / 24);
            }
            double elapsed = Math.min(1, (end - start - hour * 3_600L) / 3_600.0);
            before[hour + 1] = before[hour] + ofDay * OF_HOUR[hour % 24] * elapsed;
        }
    }

    private static double ofDay(long seed, LocalDate date, int day) {
        double growth = 1 + .28 * day / 365.0;
        double chance = .92 + .16 * RetailSample.random(seed, 9, day).nextDouble();
        DayOfWeek weekday = date.getDayOfWeek();
        boolean blackFriday = date.getMonth() == Month.NOVEMBER
                && weekday == DayOfWeek.FRIDAY
                && date.getDayOfMonth() >= 23
                && date.getDayOfMonth() <= 29;
        return growth
                * chance
                * OF_MONTH[date.getMonthValue() - 1]
                * OF_WEEKDAY[weekday.getValue() - 1]
                * (blackFriday ? 2.6 : 1);
    }

    long start() {
        return start;
    }

    /** The second after the last order. */
    long end() {
        return end;
    }

    /** The second (of the epoch, UTC) by which the share {@code quantile} of all orders was placed; it never decreases. */
    long secondAt(double quantile) {
        double weight = quantile * before[before.length - 1];
        int found = Arrays.binarySearch(before, weight);
        int hour = Math.min(found >= 0 ? found : -found - 2, before.length - 2);
        double width = before[hour + 1] - before[hour];
        double within = width == 0 ? 0 : (weight - before[hour]) / width;
        long lasts = Math.min(3_600, end - start - hour * 3_600L);
        return Math.min(end - 1, start + hour * 3_600L + (long) (within * lasts));
    }
}
