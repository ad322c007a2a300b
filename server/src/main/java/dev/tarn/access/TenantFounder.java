package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.dao.DuplicateKeyException;

/** Makes a tenant whole: its default workspace, its roles, its first administrator and that administrator's key. */
final class TenantFounder {
    private final Database database;
    private final TenantStore tenants;
    private final UserStore users;
    private final KeyIssuer keys;
    private final Passwords passwords;
    private final Secrets secrets;
    private final Ids ids;
    private final Clock clock;

    TenantFounder(
            Database database,
            TenantStore tenants,
            UserStore users,
            KeyIssuer keys,
            Passwords passwords,
            Secrets secrets,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.users = users;
        this.keys = keys;
        this.passwords = passwords;
        this.secrets = secrets;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes the tenant, and runs {@code alongside} in the same transaction.
     *
     * @throws TarnException {@code ALREADY_EXISTS} when the tenant's or the administrator's name is taken on this server
     */
    NewTenant found(
            String tenantName, String userName, boolean operator, String keyName, Consumer<NewTenant> alongside) {
        String password = secrets.password();
        String hash = passwords.hash(password);
        Tenant tenant = new Tenant(ids.next(), tenantName);
        Workspace workspace = new Workspace(ids.next(), Workspace.DEFAULT);
        User user = new User(
                tenant.id(),
                ids.next(),
                0,
                userName,
                User.Profile.NONE,
                true,
                operator,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Optional.empty(),
                List.of(BuiltInRole.ADMIN.text()));
        try {
            return database.inTransaction(() -> {
                Instant now = clock.instant();
                tenants.insert(tenant, now);
                tenants.insert(tenant.id(), workspace, now);
                users.insert(user, hash);
                NewKey key = keys.issue(tenant.id(), workspace.id(), user, keyName);
                NewTenant made = new NewTenant(tenant, user.id(), user.name(), password, key);
                alongside.accept(made);
                return made;
            });
        } catch (DuplicateKeyException e) {
            throw new TarnException(
                    ErrorCode.ALREADY_EXISTS,
                    "The tenant %s or the user %s exists already on this server; choose other names"
                            .formatted(tenantName, userName),
                    e);
        }
    }
}
