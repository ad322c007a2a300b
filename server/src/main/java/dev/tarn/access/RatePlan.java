package dev.tarn.access;

import java.util.OptionalLong;

/**
 * How many calls a key may make.
 *
 * @param minute in a minute
 * @param day in a day of UTC; empty: as many as the minutes allow
 */
public record RatePlan(String name, long minute, OptionalLong day) {
    boolean isWiderThan(RatePlan other) {
        return minute > other.minute || day.orElse(Long.MAX_VALUE) > other.day.orElse(Long.MAX_VALUE);
    }
}
