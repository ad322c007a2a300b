package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Gives a user another password, in one way whoever may ask for it. */
final class PasswordChange {
    private final Audit audit;
    private final Database database;
    private final Passwords passwords;
    private final UserStore users;
    private final SessionStore sessions;
    private final Clock clock;

    PasswordChange(
            Audit audit, Database database, Passwords passwords, UserStore users, SessionStore sessions, Clock clock) {
        this.audit = audit;
        this.database = database;
        this.passwords = passwords;
        this.users = users;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Changes the password and ends the user's sessions and token families. Not inside a transaction: hashing takes its time.
     *
     * @param kept a session or family that goes on
     * @param also what else becomes true in the same transaction
     * @throws TarnException {@code INVALID_REQUEST} for a password that nobody should have, or a user of a provider
     */
    void apply(Caller caller, Verb verb, User user, String password, Optional<UUID> kept, Runnable also) {
        requireOwnSignIn(user);
        Passwords.requireGood(password, user.name(), user.profile());
        String hash = passwords.hash(password);
        database.inTransaction(() -> {
            users.changePassword(user.tenantId(), user.id(), hash);
            sessions.endAll(user.tenantId(), user.id(), kept, clock.instant());
            also.run();
            audit.record(caller, verb, Resource.user(user.name()), Audit.Outcome.DONE, Map.of("what", "password"));
        });
    }

    /** Such a user has a password elsewhere; one of ours would outlive the provider's word. */
    private static void requireOwnSignIn(User user) {
        user.issuer().ifPresent(issuer -> {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "%s signs in through %s and has no password here".formatted(user.name(), issuer));
        });
    }
}
