package dev.tarn.access;

import java.time.Duration;
import java.time.Instant;

/**
 * How long one waits who has given wrong passwords: not at all at first, then a while that doubles with each further failure.
 * The wait counts from the last failure and an attempt during it is not counted, so that nobody is kept out for ever.
 */
record BackOff(int free, Duration first, Duration longest) {
    /** Failures are forgotten after a day without one. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    /**
     * How much two servers' clocks may differ. A failure further in the future than that was written before the clock was set
     * back, and its wait must not last until then.
     */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** What is left of the wait; zero or less when there is none. */
    Duration left(int failures, Instant last, Instant now) {
        if (failures < free || last.isAfter(now.plus(SKEW))) {
            return Duration.ZERO;
        }
        return Duration.between(now, last.plus(wait(failures)));
    }

    private Duration wait(int failures) {
        Duration wait = first;
        for (int i = free; i < failures && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    /** Failures before that time count no more. */
    static Instant forgottenBefore(Instant now) {
        return now.minus(FORGOTTEN);
    }
}
