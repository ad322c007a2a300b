package dev.tarn.sql;

import dev.tarn.engine.BoundStatement;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * A statement to run.
 *
 * @param id the id by which the caller may cancel it; one is made when empty
 * @param contract through which API it came, for the history
 * @param bound one statement with its parameters
 * @param timeout from arrival, queueing included; 1 ms to an hour
 * @param cancellation how whoever sent it ends it without its id
 */
public record StatementRequest(
        Optional<UUID> id, String contract, BoundStatement bound, Duration timeout, Cancellation cancellation) {
    /** The time of a request that names none. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    public StatementRequest {
        if (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "timeout_ms must be a whole number from 1 to %d".formatted(LONGEST_TIMEOUT.toMillis()));
        }
    }
}
