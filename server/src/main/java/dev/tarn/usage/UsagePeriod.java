package dev.tarn.usage;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.Optional;

/**
 * A span of time.
 *
 * @param from belongs to it; empty: since ever
 * @param until does not belong to it; empty: to this day
 */
public record UsagePeriod(Optional<Instant> from, Optional<Instant> until) {
    /** Within what 64 bits of microseconds hold, and what calendars of any zone can show. */
    private static final Instant FIRST = Instant.EPOCH;

    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    public UsagePeriod {
        from.ifPresent(UsagePeriod::check);
        until.ifPresent(UsagePeriod::check);
    }

    private static void check(Instant at) {
        if (at.isBefore(FIRST) || at.isAfter(LAST)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The time %s is not between 1970 and 9999; choose another".formatted(at));
        }
    }

    Instant first() {
        return from.orElse(FIRST);
    }

    Instant end() {
        return until.orElse(LAST);
    }
}
