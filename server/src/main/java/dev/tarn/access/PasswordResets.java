package dev.tarn.access;

import dev.tarn.platform.TarnException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Gives somebody another password without the one before, as Data-ML does: to oneself when signed in, to others with the right. */
public final class PasswordResets {
    private final Access access;
    private final Users users;
    private final UserStore store;
    private final PasswordChange change;
    private final FamilyStore families;
    private final Clock clock;

    PasswordResets(
            Access access, Users users, UserStore store, PasswordChange change, FamilyStore families, Clock clock) {
        this.access = access;
        this.users = users;
        this.store = store;
        this.change = change;
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
        Optional<User> found = store.named(caller.tenantId(), userName);
        Optional<User> self = found.filter(user -> user.id().equals(caller.userId()));
        Optional<UUID> signIn = caller.signIn();
        if (self.isPresent() && signIn.isPresent()) {
            access.requireWholeUser(caller);
            change.apply(
                    caller,
                    Verb.ALTER,
                    self.get(),
                    password,
                    signIn,
                    () -> families.end(caller.tenantId(), signIn.get(), false, clock.instant()));
            return;
        }
        if (found.isEmpty()) {
            access.require(caller, Verb.MANAGE, Resource.user(Resource.ALL));
        }
        users.setPassword(
                caller, found.orElseThrow(() -> Users.unknown(userName)).id(), password);
    }
}
