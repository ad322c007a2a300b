package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Counts tries of a password in the database. A try counts as failed from before it is checked until it is forgiven, so that no
 * number of tries at once, on any number of servers, is checked more often than the back-off allows; a server that dies in
 * between leaves one failure too many.
 */
final class PasswordTries {
    private static final int ROUNDS = 50;

    private final Database database;
    private final SignInFailureStore failures;
    private final BackOff backOff;
    private final Clock clock;
    private final String refusal;

    /** @param refusal why one waits, for people */
    PasswordTries(Database database, SignInFailureStore failures, BackOff backOff, Clock clock, String refusal) {
        this.database = database;
        this.failures = failures;
        this.backOff = backOff;
        this.clock = clock;
        this.refusal = refusal;
    }

    /**
     * Returns when a try may be made.
     *
     * @throws TarnException {@code RATE_LIMITED}
     */
    void requireNoWait(SignInFailureStore.Attempt attempt) {
        requireNoWait(failures.find(attempt));
    }

    /**
     * Counts a try that is about to be made.
     *
     * @return how long one waits when it fails; zero or less when not at all
     * @throws TarnException {@code RATE_LIMITED}
     */
    Duration count(SignInFailureStore.Attempt attempt) {
        Instant now = clock.instant();
        for (int round = 0; round < ROUNDS; round++) {
            Optional<SignInFailureStore.Failures> before = failures.find(attempt);
            requireNoWait(before);
            int count = before.filter(known -> known.last().isAfter(BackOff.forgottenBefore(now)))
                    .map(SignInFailureStore.Failures::count)
                    .orElse(0);
            SignInFailureStore.Failures after = new SignInFailureStore.Failures(count + 1, now);
            if (database.inTransaction(() -> failures.count(attempt, before, after))) {
                return backOff.left(after.count(), now, now);
            }
        }
        throw new TarnException(
                ErrorCode.OVERLOADED, "Too many try this password at this moment; try again in a few seconds");
    }

    /** Forgives all tries; it joins the transaction of what the password was for. */
    void forgive(SignInFailureStore.Attempt attempt) {
        failures.forgive(attempt);
        failures.forget(BackOff.forgottenBefore(clock.instant()));
    }

    private void requireNoWait(Optional<SignInFailureStore.Failures> known) {
        Duration left = known.map(before -> backOff.left(before.count(), before.last(), clock.instant()))
                .orElse(Duration.ZERO);
        if (left.isPositive()) {
            long seconds = left.plusNanos(999_999_999).toSeconds();
            throw new TarnException(
                            ErrorCode.RATE_LIMITED, "%s; wait %d seconds and try again".formatted(refusal, seconds))
                    .with("retry_after_secs", seconds);
        }
    }
}
