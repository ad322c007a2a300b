package dev.tarn.usage;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;

/**
 * What a rate plan says to a call. The figures are those of the minute, or of the day when that has less left.
 *
 * @param admitted whether the call may go on
 * @param limit calls of the span
 * @param remaining how many of them are left; on a plan of more than 10,000 to about one percent
 * @param resetSeconds when the span ends, in seconds since 1970
 * @param retryAfterSeconds how long until then
 */
public record RateAnswer(
        boolean admitted,
        String plan,
        String span,
        long limit,
        long remaining,
        long resetSeconds,
        long retryAfterSeconds) {

    /** The failure of a call that was not admitted. */
    public TarnException refusal() {
        return new TarnException(
                        ErrorCode.RATE_LIMITED,
                        "The rate plan %s has %,d calls a %s, and they are used; try again in %,d seconds"
                                .formatted(plan, limit, span, retryAfterSeconds))
                .with("retry_after_secs", retryAfterSeconds);
    }
}
