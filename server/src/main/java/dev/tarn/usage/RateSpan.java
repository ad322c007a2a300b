package dev.tarn.usage;

import dev.tarn.platform.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The spans of time that a rate plan counts in; each begins where the clock's own does, in UTC. */
enum RateSpan {
    MINUTE(Duration.ofMinutes(1)),
    DAY(Duration.ofDays(1));

    private final long micros;

    RateSpan(Duration length) {
        this.micros = length.toNanos() / 1_000;
    }

    /** When the span began that the instant is in, in microseconds. */
    long beginning(Instant now) {
        return Math.floorDiv(Database.micros(now), micros) * micros;
    }

    /** When a span ends. */
    long end(long beganAt) {
        return beganAt + micros;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
