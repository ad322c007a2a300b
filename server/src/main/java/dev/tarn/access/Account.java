package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What people change about themselves. */
public final class Account {
    private static final int FREE_TRIES = 5;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Access access;
    private final Audit audit;
    private final Database database;
    private final Passwords passwords;
    private final UserStore users;
    private final SessionStore sessions;
    private final Clock clock;
    private final Map<UUID, Tries> wrong = new ConcurrentHashMap<>();

    Account(
            Access access,
            Audit audit,
            Database database,
            Passwords passwords,
            UserStore users,
            SessionStore sessions,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.passwords = passwords;
        this.users = users;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Wrong passwords one after the other, and when the last of them came. */
    private record Tries(int count, Instant last) {}

    /**
     * Gives the caller another password and ends the caller's other sessions; keys stay. Whoever found an open session must not
     * guess on: after five wrong ones the account waits a minute, for this call alone, so that nobody is kept from signing in.
     *
     * @throws TarnException {@code FORBIDDEN} when {@code current} is wrong, {@code RATE_LIMITED} after too many of them, {@code
     *     INVALID_REQUEST} when {@code wanted} is too short, too long, or the same
     */
    public void changePassword(Caller caller, String current, String wanted) {
        access.requireWholeUser(caller);
        Passwords.requireGood(wanted);
        if (wanted.equals(current)) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "The new password is the old one; choose another");
        }
        checkTries(caller);
        Optional<String> hash = users.named(caller.name())
                .filter(known -> known.user().id().equals(caller.userId()))
                .map(UserStore.WithPassword::hash);
        if (!passwords.matches(current, hash)) {
            wrong.merge(
                    caller.userId(),
                    new Tries(1, clock.instant()),
                    (before, one) -> new Tries(before.count() + 1, one.last()));
            record(caller, Audit.Outcome.DENIED);
            throw new TarnException(
                    ErrorCode.FORBIDDEN, "The current password is wrong; nothing was changed, check it and try again");
        }
        String fresh = passwords.hash(wanted);
        Optional<UUID> kept =
                caller instanceof Caller.Person person ? Optional.of(person.sessionId()) : Optional.empty();
        database.inTransaction(() -> {
            users.changePassword(caller.tenantId(), caller.userId(), fresh);
            sessions.endAll(caller.tenantId(), caller.userId(), kept, clock.instant());
            record(caller, Audit.Outcome.DONE);
        });
        wrong.remove(caller.userId());
    }

    private void checkTries(Caller caller) {
        Instant now = clock.instant();
        wrong.values().removeIf(tries -> tries.last().plus(PAUSE).isBefore(now));
        Tries tries = wrong.get(caller.userId());
        if (tries != null && tries.count() >= FREE_TRIES) {
            throw new TarnException(
                    ErrorCode.RATE_LIMITED,
                    "The current password was wrong %d times; wait a minute and try again".formatted(tries.count()));
        }
    }

    private void record(Caller caller, Audit.Outcome outcome) {
        audit.record(caller, Verb.ALTER, Resource.user(caller.name()), outcome, Map.of("what", "password"));
    }
}
