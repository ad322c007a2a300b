package dev.tarn.access;

import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens and ends console sessions. Every attempt is in the audit trail.
 */
public final class SignIn {
    private static final UUID NO_TENANT = new UUID(0, 0);

    private final Access access;
    private final Audit audit;
    private final Database database;
    private final Credentials credentials;
    private final PasswordProof proof;
    private final UserStore users;
    private final TenantStore tenants;
    private final SessionStore sessions;
    private final Secrets secrets;
    private final AccessSettings settings;
    private final Ids ids;
    private final Clock clock;

    SignIn(
            Access access,
            Audit audit,
            Database database,
            Credentials credentials,
            PasswordProof proof,
            UserStore users,
            TenantStore tenants,
            SessionStore sessions,
            Secrets secrets,
            AccessSettings settings,
            Ids ids,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.credentials = credentials;
        this.proof = proof;
        this.users = users;
        this.tenants = tenants;
        this.sessions = sessions;
        this.secrets = secrets;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Opens a session that lasts no longer than the key.
     *
     * @param caller anybody: the key decides who signs in
     */
    public SignedIn withKey(Caller caller, String key) {
        KeyStore.Holder holder;
        try {
            holder = credentials.holder(key);
        } catch (TarnException e) {
            audit.recordSignIn(NO_TENANT, caller, "unknown", Audit.Outcome.FAILED, Map.of("by", "key"));
            throw e;
        }
        User user = users.find(holder.tenantId(), holder.key().userId()).orElseThrow();
        return open(caller, user, holder.workspaceId(), Optional.of(holder.key()), () -> {});
    }

    /**
     * Opens a session in the user's default workspace.
     *
     * @param caller anybody: name and password decide who signs in
     * @param name a user's name or e-mail address
     */
    public SignedIn withPassword(Caller caller, String name, String password) {
        PasswordProof.Proven proven = proof.require(caller, name, password);
        User user = proven.user();
        Workspace workspace =
                tenants.workspace(user.tenantId(), Workspace.DEFAULT).orElseThrow();
        return open(caller, user, workspace.id(), Optional.empty(), () -> proof.accept(proven));
    }

    private SignedIn open(Caller caller, User user, UUID workspaceId, Optional<ApiKey> key, Runnable first) {
        Instant now = clock.instant();
        Instant end = now.plus(settings.session());
        Instant expiresAt = key.flatMap(ApiKey::expiresAt).filter(end::isAfter).orElse(end);
        String secret = secrets.session();
        SessionStore.NewSession session = new SessionStore.NewSession(
                user.tenantId(), ids.next(), user.id(), workspaceId, key.map(ApiKey::id), now, expiresAt);
        database.inTransaction(() -> {
            first.run();
            sessions.forget(now);
            sessions.insert(session, Secrets.hash(secret));
            audit.recordSignIn(
                    user.tenantId(),
                    caller,
                    user.name(),
                    Audit.Outcome.DONE,
                    Map.of("by", key.isPresent() ? "key" : "password"));
        });
        return new SignedIn(
                identity(user.tenantId(), user.id(), user.name(), workspaceId),
                secret,
                Credentials.csrfToken(secret),
                expiresAt);
    }

    /** Who the caller is. */
    public Identity identity(Caller caller) {
        access.requireSomebody(caller);
        return identity(caller.tenantId(), caller.userId(), caller.name(), caller.workspaceId());
    }

    private Identity identity(UUID tenantId, UUID userId, String userName, UUID workspaceId) {
        return new Identity(
                userId,
                userName,
                tenants.find(tenantId).orElseThrow(),
                tenants.workspace(tenantId, workspaceId).orElseThrow(),
                users.roles(tenantId, userId));
    }

    /**
     * Ends the session that a browser had until it signed in anew; one that is over already is none.
     *
     * @param caller anybody: the secret decides whose session ends
     */
    public void endReplaced(Caller caller, String secret) {
        if (Secrets.isSession(secret)) {
            sessions.open(Secrets.hash(secret), clock.instant(), caller.origin())
                    .ifPresent(this::end);
        }
    }

    /** Ends the caller's session; a caller with a key has none, and keeps the key. */
    public void end(Caller caller) {
        access.requireSomebody(caller);
        caller.signIn()
                .ifPresent(signIn -> database.inTransaction(() -> {
                    sessions.end(caller.tenantId(), signIn, clock.instant());
                    audit.recordSignOut(caller);
                }));
    }
}
