package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.SealedName;
import dev.tarn.platform.secrets.SealedValues;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;

/**
 * The identity providers of a tenant. Whoever sets one up decides who can be whom in the tenant, so it takes the right to manage
 * its users as well.
 */
public final class IdentityProviders {
    private static final Resource ALL = setting(Resource.ALL);

    private final Access access;
    private final Audit audit;
    private final Database database;
    private final IdentityProviderStore store;
    private final RoleStore roles;
    private final SealedValues sealed;
    private final Clock clock;

    IdentityProviders(
            Access access,
            Audit audit,
            Database database,
            IdentityProviderStore store,
            RoleStore roles,
            SealedValues sealed,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.store = store;
        this.roles = roles;
        this.sealed = sealed;
        this.clock = clock;
    }

    /** The tenant's providers, by name; without their secrets. */
    public List<IdentityProvider> list(Caller caller) {
        access.require(caller, Verb.DESCRIBE, ALL);
        return store.list(caller.tenantId());
    }

    /** One provider. */
    public IdentityProvider find(Caller caller, String name) {
        access.require(caller, Verb.DESCRIBE, setting(name));
        return store.find(caller.tenantId(), name).orElseThrow(() -> unknown(name));
    }

    /**
     * Sets a provider up, or changes it as a whole.
     *
     * @throws TarnException {@code ALREADY_EXISTS} when the name, or issuer and audience together, are taken on this server
     */
    public IdentityProvider put(Caller caller, String name, WantedProvider wanted) {
        access.require(caller, Verb.MANAGE, setting(name));
        access.require(caller, Verb.MANAGE, Resource.all(Resource.Kind.USER));
        ProviderChecks.name(name);
        ProviderChecks.check(wanted);
        try {
            return database.inTransaction(() -> {
                IdentityProvider provider = provider(caller.tenantId(), name, wanted);
                store.put(provider);
                wanted.clientSecret()
                        .ifPresent(secret -> sealed.put(
                                sealedName(caller.tenantId(), name), secret.getBytes(StandardCharsets.UTF_8)));
                if (!provider.clientSecret()) {
                    sealed.remove(sealedName(caller.tenantId(), name));
                }
                audit.record(
                        caller,
                        Verb.MANAGE,
                        setting(name),
                        Audit.Outcome.DONE,
                        Map.of("issuer", provider.issuer(), "audience", provider.audience()));
                return provider;
            });
        } catch (DuplicateKeyException e) {
            throw new TarnException(
                    ErrorCode.ALREADY_EXISTS,
                    "The name, or the issuer together with the audience, is taken on this server; choose another",
                    e);
        }
    }

    private IdentityProvider provider(UUID tenantId, String name, WantedProvider wanted) {
        Optional<IdentityProvider> before = store.find(tenantId, name);
        // A secret is only ever shown to the issuer that it was stored for.
        boolean kept = before.map(old -> old.clientSecret()
                        && old.issuer().equals(wanted.issuer())
                        && old.clientId().equals(wanted.clientId()))
                .orElse(false);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        wanted.roleMapping().values().forEach(role -> requireRole(tenantId, role));
        List<String> defaults = wanted.defaultRoles().orElse(List.of(BuiltInRole.VIEWER.text()));
        defaults.forEach(role -> requireRole(tenantId, role));
        return new IdentityProvider(
                tenantId,
                name,
                wanted.issuer(),
                wanted.clientId(),
                wanted.audience().orElse(wanted.clientId()),
                wanted.scopes().orElse(List.of("openid", "profile", "email")),
                wanted.rolesClaim(),
                wanted.roleMapping(),
                defaults,
                wanted.justInTime(),
                wanted.shown(),
                wanted.clientSecret().isPresent() || kept,
                before.map(IdentityProvider::createdAt).orElse(now),
                now);
    }

    private void requireRole(UUID tenantId, String role) {
        if (roles.named(tenantId, role).filter(role::equals).isEmpty()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "There is no role %s; list the roles, or make it first".formatted(role));
        }
    }

    /** Removes a provider: its tokens open nothing any more. Its users stay, without a way to sign in. */
    public void remove(Caller caller, String name) {
        access.require(caller, Verb.MANAGE, setting(name));
        access.require(caller, Verb.MANAGE, Resource.all(Resource.Kind.USER));
        database.inTransaction(() -> {
            if (!store.remove(caller.tenantId(), name)) {
                throw unknown(name);
            }
            sealed.remove(sealedName(caller.tenantId(), name));
            audit.record(caller, Verb.DROP, setting(name), Audit.Outcome.DONE, Map.of());
        });
    }

    static SealedName sealedName(UUID tenantId, String name) {
        return new SealedName(tenantId, "identity-provider", name);
    }

    private static Resource setting(String name) {
        return new Resource(
                Resource.Kind.SETTING, name.equals(Resource.ALL) ? Resource.ALL : "identity-provider." + name);
    }

    private static TarnException unknown(String name) {
        return new TarnException(ErrorCode.NOT_FOUND, "There is no identity provider %s; list them".formatted(name));
    }
}
