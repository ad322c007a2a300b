package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Gives somebody another password without the one before, as Data-ML does: to oneself when signed in, to others with the right. */
public final class PasswordResets {
    private final Access access;
    private final Audit audit;
    private final Database database;
    private final Passwords passwords;
    private final UserStore users;
    private final SessionStore sessions;
    private final FamilyStore families;
    private final Clock clock;

    PasswordResets(
            Access access,
            Audit audit,
            Database database,
            Passwords passwords,
            UserStore users,
            SessionStore sessions,
            FamilyStore families,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.passwords = passwords;
        this.users = users;
        this.sessions = sessions;
        this.families = families;
        this.clock = clock;
    }

    /**
     * Gives the user another password, and ends the sessions and token families of the user. The caller's own family ends like
     * by a logout: its access token, which has made this call, lives until it expires. A key does not do for oneself: it may be one of many, and must not
     * take the account over.
     *
     * @throws TarnException {@code FORBIDDEN} for another user without the right to look after users, {@code NOT_FOUND} for one
     *     that the tenant does not have, {@code INVALID_REQUEST} for a password that is too short or too long
     */
    public void reset(Caller caller, String userName, String password) {
        access.requireSomebody(caller);
        Optional<User> found = users.named(userName)
                .map(UserStore.WithPassword::user)
                .filter(user -> user.tenantId().equals(caller.tenantId()));
        boolean self = caller instanceof Caller.Person
                && found.map(user -> user.id().equals(caller.userId())).orElse(false);
        if (self) {
            access.requireWholeUser(caller);
        } else {
            access.require(
                    caller,
                    Verb.MANAGE,
                    Resource.user(found.map(user -> user.id().toString()).orElse(Resource.ALL)));
        }
        User user = found.orElseThrow(() ->
                new TarnException(ErrorCode.NOT_FOUND, "There is no user %s; list the users".formatted(userName)));
        if (user.operator() && !self) {
            access.requireOperator(caller);
        }
        Users.requireOwnSignIn(user);
        Passwords.requireGood(password);
        String hash = passwords.hash(password);
        Optional<UUID> own =
                self && caller instanceof Caller.Person person ? Optional.of(person.sessionId()) : Optional.empty();
        database.inTransaction(() -> {
            Instant now = clock.instant();
            users.changePassword(user.tenantId(), user.id(), hash);
            sessions.endAll(user.tenantId(), user.id(), own, now);
            own.ifPresent(id -> families.end(user.tenantId(), id, false, now));
            audit.record(
                    caller,
                    self ? Verb.ALTER : Verb.MANAGE,
                    Resource.user(user.name()),
                    Audit.Outcome.DONE,
                    Map.of("what", "password"));
        });
    }
}
