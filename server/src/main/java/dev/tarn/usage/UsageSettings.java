package dev.tarn.usage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Metering.
 *
 * @param keep how long it is known what was used
 * @param entriesAMinute how many calls of one key to one contract are entries of their own in a minute; those beyond are counted
 *     in one entry
 */
@ConfigurationProperties("tarn.usage")
public record UsageSettings(
        @DefaultValue("400d") Duration keep,
        @DefaultValue("60") int entriesAMinute) {
    public UsageSettings {
        if (keep.compareTo(Duration.ofDays(1)) < 0 || entriesAMinute < 0) {
            throw new IllegalArgumentException(
                    "tarn.usage.keep must be at least a day and tarn.usage.entries-a-minute not negative");
        }
    }
}
