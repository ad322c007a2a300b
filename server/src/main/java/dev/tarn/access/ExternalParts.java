package dev.tarn.access;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.network.OutboundHttp;
import dev.tarn.platform.secrets.SealedValues;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** What lets others' users in, put together. */
final class ExternalParts {
    private final IdentityProviders providers;
    private final ExternalTokens tokens;
    private final ExternalSignIn signIn;
    private final DrlsTokens drls;

    ExternalParts(
            Database database,
            AccessParts access,
            SealedValues sealed,
            OutboundHttp http,
            AccessSettings settings,
            DrlsSettings drlsSettings,
            Ids ids,
            Clock clock,
            RandomGenerator random) {
        Secrets secrets = new Secrets(random);
        TenantStore tenants = new JdbcTenantStore(database);
        IdentityProviderStore store = new JdbcIdentityProviderStore(database);
        StoredSecretStore storedSecrets = new JdbcStoredSecretStore(database);
        Issuers issuers = new Issuers(http, clock);
        JwtCheck check = new JwtCheck(issuers, clock);
        ExternalUsers users = new ExternalUsers(
                database,
                new JdbcUserStore(database),
                tenants,
                store,
                access.audit(),
                access.passwords(),
                secrets,
                ids,
                clock);
        this.providers = new IdentityProviders(
                access.access(), access.audit(), database, store, new JdbcRoleStore(database), sealed, clock);
        this.tokens = new ExternalTokens(store, check, users, clock);
        this.signIn = new ExternalSignIn(
                database,
                store,
                new JdbcSignInAttemptStore(database),
                new CodeExchange(http, issuers, check, sealed),
                tokens,
                users,
                tenants,
                access.sessions(),
                access.audit(),
                secrets,
                settings,
                ids,
                clock);
        this.drls = new DrlsTokens(
                drlsSettings, new SettingSecrets(storedSecrets, sealed), storedSecrets, tenants, users, clock);
    }

    IdentityProviders providers() {
        return providers;
    }

    ExternalTokens tokens() {
        return tokens;
    }

    ExternalSignIn signIn() {
        return signIn;
    }

    DrlsTokens drls() {
        return drls;
    }
}
