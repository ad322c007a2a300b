package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the first tenant and its administrator, who is also the operator. The server keeps hashes, so the credentials exist
 * only in the answer of {@link #begin} until the application has written them down and said {@link #finish}. A server killed
 * between the two leaves an administrator whom nobody can be: the next start in the same home (in another home after a minute)
 * gives that administrator a new password and a new key, and revokes the old key. After {@code finish} nothing is ever made
 * again, even when the file was deleted.
 */
public final class FirstStart {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
    private static final Duration ABANDONED = Duration.ofMinutes(1);
    private static final String NAME = "default";
    private static final String ADMINISTRATOR = "admin";
    private static final String KEY_NAME = "first start";

    private final Database database;
    private final FirstStartStore store;
    private final TenantStore tenants;
    private final UserStore users;
    private final SessionStore sessions;
    private final KeyStore keys;
    private final KeyIssuer issuer;
    private final TenantFounder founder;
    private final Passwords passwords;
    private final Secrets secrets;
    private final Clock clock;

    FirstStart(
            Database database,
            FirstStartStore store,
            TenantStore tenants,
            UserStore users,
            SessionStore sessions,
            KeyStore keys,
            KeyIssuer issuer,
            TenantFounder founder,
            Passwords passwords,
            Secrets secrets,
            Clock clock) {
        this.database = database;
        this.store = store;
        this.tenants = tenants;
        this.users = users;
        this.sessions = sessions;
        this.keys = keys;
        this.issuer = issuer;
        this.founder = founder;
        this.passwords = passwords;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * The first administrator, when this start is the first one or resumes one that was cut off.
     *
     * @param home the folder that the credentials will be written into
     */
    public Optional<NewTenant> begin(String home) {
        if (!tenants.isEmpty()) {
            return resume(home);
        }
        try {
            return Optional.of(founder.found(
                    NAME,
                    ADMINISTRATOR,
                    true,
                    KEY_NAME,
                    made -> store.begin(
                            new FirstStartStore.Pending(
                                    made.tenant().id(),
                                    made.userId(),
                                    made.key().key().id()),
                            home,
                            clock.instant())));
        } catch (TarnException e) {
            if (e.code() != ErrorCode.ALREADY_EXISTS) {
                throw e;
            }
            LOG.info("Another server has just made the first administrator of this database");
            return Optional.empty();
        }
    }

    private Optional<NewTenant> resume(String home) {
        Instant now = clock.instant();
        return database.inTransaction(() -> store.resume(home, now.minus(ABANDONED), now)
                .map(pending -> {
                    LOG.info("The first start was cut off before its credentials were written: new ones are made");
                    Tenant tenant = tenants.find(pending.tenantId()).orElseThrow();
                    User user = users.find(pending.tenantId(), pending.userId()).orElseThrow();
                    Workspace workspace =
                            tenants.workspace(tenant.id(), Workspace.DEFAULT).orElseThrow();
                    String password = secrets.password();
                    users.changePassword(tenant.id(), user.id(), passwords.hash(password));
                    sessions.endAll(tenant.id(), user.id(), Optional.empty(), now);
                    keys.revoke(tenant.id(), pending.keyId(), now);
                    NewKey key = issuer.issue(tenant.id(), workspace.id(), user, KEY_NAME);
                    store.replaceKey(key.key().id());
                    return new NewTenant(tenant, user.id(), user.name(), password, key);
                }));
    }

    /** The credentials are written: from now on no start makes any. */
    public void finish() {
        database.inTransaction(() -> store.finish(clock.instant()));
    }
}
