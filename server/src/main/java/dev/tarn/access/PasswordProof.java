package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Finds out by a password who signs in, for every way of signing in. An unknown user, a wrong password and a user who is
 * switched off take the same time and get the same answer. An attempt counts as failed from before it is checked until it is
 * proven, so that no number of attempts at once, on any number of servers, is checked more often than the back-off allows; a
 * server that dies in between leaves one failure too many.
 */
final class PasswordProof {
    private static final UUID NO_TENANT = new UUID(0, 0);
    private static final int LONGEST_SHOWN_NAME = 100;
    private static final int ROUNDS = 50;

    private final Audit audit;
    private final Database database;
    private final Passwords passwords;
    private final UserStore users;
    private final SignInFailureStore failures;
    private final BackOff backOff;
    private final Clock clock;

    PasswordProof(
            Audit audit,
            Database database,
            Passwords passwords,
            UserStore users,
            SignInFailureStore failures,
            BackOff backOff,
            Clock clock) {
        this.audit = audit;
        this.database = database;
        this.passwords = passwords;
        this.users = users;
        this.failures = failures;
        this.backOff = backOff;
        this.clock = clock;
    }

    /** Somebody whose password it was. */
    record Proven(User user, String hash, SignInFailureStore.Attempt attempt) {}

    /**
     * The user of that name or e-mail address, when it is the password. The attempt still counts as failed: {@link #accept}
     * belongs into the transaction that opens something.
     *
     * @throws TarnException {@code UNAUTHENTICATED}; {@code RATE_LIMITED} after too many failures, with the right password too
     */
    Proven require(Caller caller, String name, String password) {
        SignInFailureStore.Attempt attempt = new SignInFailureStore.Attempt(
                Secrets.hash(JdbcUserStore.fold(name)),
                Network.of(caller.origin().address()));
        requireNoWait(failures.find(attempt)); // before it queues: who waits costs nobody's turn
        return passwords.inTurnOf(attempt.network(), () -> check(caller, attempt, name, password));
    }

    private Proven check(Caller caller, SignInFailureStore.Attempt attempt, String name, String password) {
        SignInFailureStore.Failures counted = count(attempt);
        Optional<UserStore.WithPassword> found = named(name);
        boolean right = passwords.isRight(password, found.map(UserStore.WithPassword::hash));
        if (!right || !found.orElseThrow().user().active()) {
            Map<String, Object> details = new HashMap<>(Map.of("by", "password"));
            Duration wait = backOff.left(counted.count(), counted.last(), counted.last());
            if (wait.isPositive()) {
                details.put("wait_secs", wait.toSeconds());
            }
            String shown = name.length() > LONGEST_SHOWN_NAME ? name.substring(0, LONGEST_SHOWN_NAME) : name;
            UUID tenantId = found.map(known -> known.user().tenantId()).orElse(NO_TENANT);
            audit.recordSignIn(tenantId, caller, shown, Audit.Outcome.FAILED, details);
            throw wrong();
        }
        UserStore.WithPassword known = found.orElseThrow();
        return new Proven(known.user(), known.hash(), attempt);
    }

    private Optional<UserStore.WithPassword> named(String name) {
        Supplier<Optional<UserStore.WithPassword>> byEmail =
                () -> name.indexOf('@') >= 0 ? users.withEmail(name) : Optional.empty();
        return users.named(name).or(byEmail);
    }

    /**
     * Forgives the failures before the proof. It joins the transaction that opens a session or a token family, and holds the
     * user's row until that ends, so that nothing opens with a password that is changed at the same time.
     */
    void accept(Proven proven) {
        if (!users.hold(proven.user().tenantId(), proven.user().id(), proven.hash())) {
            throw wrong();
        }
        failures.forgive(proven.attempt());
        failures.forget(BackOff.forgottenBefore(clock.instant()));
    }

    private SignInFailureStore.Failures count(SignInFailureStore.Attempt attempt) {
        Instant now = clock.instant();
        for (int round = 0; round < ROUNDS; round++) {
            Optional<SignInFailureStore.Failures> before = failures.find(attempt);
            requireNoWait(before);
            int count = before.filter(known -> known.last().isAfter(BackOff.forgottenBefore(now)))
                    .map(SignInFailureStore.Failures::count)
                    .orElse(0);
            SignInFailureStore.Failures after = new SignInFailureStore.Failures(count + 1, now);
            if (database.inTransaction(() -> failures.count(attempt, before, after))) {
                return after;
            }
        }
        throw new TarnException(
                ErrorCode.OVERLOADED,
                "Too many people sign in with this name at this moment; try again in a few seconds");
    }

    private void requireNoWait(Optional<SignInFailureStore.Failures> known) {
        Duration left = known.map(before -> backOff.left(before.count(), before.last(), clock.instant()))
                .orElse(Duration.ZERO);
        if (left.isPositive()) {
            long seconds = left.plusNanos(999_999_999).toSeconds();
            throw new TarnException(
                            ErrorCode.RATE_LIMITED,
                            "Too many wrong passwords for this user name came from this address; wait %d seconds and try again"
                                    .formatted(seconds))
                    .with("retry_after_secs", seconds);
        }
    }

    private static TarnException wrong() {
        return new TarnException(
                ErrorCode.UNAUTHENTICATED, "The user name or the password is wrong; check both and try again");
    }
}
