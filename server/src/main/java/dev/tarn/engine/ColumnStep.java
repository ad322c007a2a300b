package dev.tarn.engine;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * What a condition makes of a column before it compares: nothing, or a step function that never falls. Such a function is at a value
 * or above it from a certain moment on; so a comparison with it is one with that moment.
 */
enum ColumnStep {
    SAME,
    /** As a moment, which a day is too. */
    AS_MOMENT,
    /** As a whole number of more digits. */
    AS_WHOLE,
    /** The number of the year. */
    YEAR_NUMBER,
    YEAR,
    QUARTER,
    MONTH,
    WEEK,
    DAY,
    HOUR,
    MINUTE,
    SECOND;

    /** The step that cuts a moment to a unit of that name. */
    static Optional<ColumnStep> cutting(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "year", "years" -> Optional.of(YEAR);
            case "quarter", "quarters" -> Optional.of(QUARTER);
            case "month", "months" -> Optional.of(MONTH);
            case "week", "weeks" -> Optional.of(WEEK);
            case "day", "days" -> Optional.of(DAY);
            case "hour", "hours" -> Optional.of(HOUR);
            case "minute", "minutes" -> Optional.of(MINUTE);
            case "second", "seconds" -> Optional.of(SECOND);
            default -> Optional.empty();
        };
    }

    /** The begin of the unit that a moment is in. */
    long floor(long micros) {
        LocalDateTime at = Constant.time(micros);
        LocalDateTime day = at.truncatedTo(ChronoUnit.DAYS);
        return Constant.micros(
                switch (this) {
                    case YEAR -> day.withDayOfYear(1);
                    case QUARTER ->
                        YearMonth.of(at.getYear(), (at.getMonthValue() - 1) / 3 * 3 + 1)
                                .atDay(1)
                                .atStartOfDay();
                    case MONTH -> day.withDayOfMonth(1);
                    case WEEK -> day.minusDays(at.getDayOfWeek().getValue() - 1L);
                    case DAY -> day;
                    case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
                    case MINUTE -> at.truncatedTo(ChronoUnit.MINUTES);
                    case SECOND -> at.truncatedTo(ChronoUnit.SECONDS);
                    case SAME, AS_MOMENT, AS_WHOLE, YEAR_NUMBER -> at;
                });
    }

    /** The begin of the unit after the one that a moment is in. */
    long next(long micros) {
        LocalDateTime begin = Constant.time(floor(micros));
        return Constant.micros(
                switch (this) {
                    case YEAR -> begin.plusYears(1);
                    case QUARTER -> begin.plusMonths(3);
                    case MONTH -> begin.plusMonths(1);
                    case WEEK -> begin.plusWeeks(1);
                    case DAY -> begin.plusDays(1);
                    case HOUR -> begin.plusHours(1);
                    case MINUTE -> begin.plusMinutes(1);
                    case SECOND -> begin.plusSeconds(1);
                    case SAME, AS_MOMENT, AS_WHOLE, YEAR_NUMBER -> begin;
                });
    }
}
