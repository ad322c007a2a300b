package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Finds out by a password who signs in, for every way of signing in. An unknown user, a wrong password and a user who is
 * switched off take the same time and get the same answer. Failures count by name and network, see {@link PasswordTries}.
 */
final class PasswordProof {
    private static final UUID NO_TENANT = new UUID(0, 0);
    private static final int LONGEST_SHOWN_NAME = 100;

    private final Audit audit;
    private final Passwords passwords;
    private final UserStore users;
    private final PasswordTries tries;

    PasswordProof(Audit audit, Passwords passwords, UserStore users, PasswordTries tries) {
        this.audit = audit;
        this.passwords = passwords;
        this.users = users;
        this.tries = tries;
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
        tries.requireNoWait(attempt); // before it queues: who waits costs nobody's turn
        return passwords.inTurnOf(attempt.network(), () -> check(caller, attempt, name, password));
    }

    private Proven check(Caller caller, SignInFailureStore.Attempt attempt, String name, String password) {
        Duration wait = tries.count(attempt);
        Optional<UserStore.WithPassword> found = named(name);
        boolean right = passwords.isRight(password, found.map(UserStore.WithPassword::hash));
        if (!right || !found.orElseThrow().user().active()) {
            Map<String, Object> details = new HashMap<>(Map.of("by", "password"));
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
        tries.forgive(proven.attempt());
    }

    private static TarnException wrong() {
        return new TarnException(
                ErrorCode.UNAUTHENTICATED, "The user name or the password is wrong; check both and try again");
    }
}
