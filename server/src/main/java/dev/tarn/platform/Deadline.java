package dev.tarn.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The moment by which an answer is due, queueing included.
 *
 * @param at the moment
 * @param allowed the time that was given, for messages
 */
public record Deadline(Instant at, Duration allowed) {

    /** A deadline that far from now. */
    public static Deadline in(Clock clock, Duration allowed) {
        return new Deadline(clock.instant().plus(allowed), allowed);
    }

    /** The time that is left; zero when there is none. */
    public Duration left(Clock clock) {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The failure of whatever did not end in time. */
    public TarnException missed() {
        return new TarnException(
                ErrorCode.TIMEOUT,
                "The work did not end within %d ms and was stopped; allow more with timeout_ms or ask for less"
                        .formatted(allowed.toMillis()));
    }
}
