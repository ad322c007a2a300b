package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What people change about themselves. */
public final class Account {
    /** Counted by user and for this call alone, so that nobody is kept from signing in. */
    static final BackOff BACK_OFF = new BackOff(5, Duration.ofMinutes(1), Duration.ofMinutes(1));

    private final Access access;
    private final Audit audit;
    private final Passwords passwords;
    private final UserStore users;
    private final PasswordTries tries;
    private final PasswordChange change;

    Account(
            Access access,
            Audit audit,
            Passwords passwords,
            UserStore users,
            PasswordTries tries,
            PasswordChange change) {
        this.access = access;
        this.audit = audit;
        this.passwords = passwords;
        this.users = users;
        this.tries = tries;
        this.change = change;
    }

    /**
     * Gives the caller another password and ends the caller's other sessions; keys stay. Whoever found an open session must not
     * guess on: after five wrong ones each further one is a minute after the last.
     *
     * @throws TarnException {@code FORBIDDEN} when {@code current} is wrong, {@code RATE_LIMITED} after too many of them, {@code
     *     INVALID_REQUEST} when {@code wanted} is too short, too long, or the same
     */
    public void changePassword(Caller caller, String current, String wanted) {
        access.requireWholeUser(caller);
        Passwords.requireGood(wanted, caller.name(), User.Profile.NONE);
        if (wanted.equals(current)) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "The new password is the old one; choose another");
        }
        SignInFailureStore.Attempt attempt = new SignInFailureStore.Attempt(
                Secrets.hash(caller.userId().toString()), "account"); // which is no network
        tries.count(attempt);
        Optional<UserStore.WithPassword> known =
                users.named(caller.name()).filter(found -> found.user().id().equals(caller.userId()));
        if (!passwords.matches(current, known.map(UserStore.WithPassword::hash))) {
            audit.record(
                    caller, Verb.ALTER, Resource.user(caller.name()), Audit.Outcome.DENIED, Map.of("what", "password"));
            throw new TarnException(
                    ErrorCode.FORBIDDEN, "The current password is wrong; nothing was changed, check it and try again");
        }
        change.apply(
                caller, Verb.ALTER, known.orElseThrow().user(), wanted, caller.signIn(), () -> tries.forgive(attempt));
    }
}
