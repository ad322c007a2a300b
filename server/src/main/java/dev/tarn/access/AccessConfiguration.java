package dev.tarn.access;

import dev.tarn.platform.Home;
import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.SealedValues;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AccessSettings.class, AuditSettings.class, RateSettings.class, SignInSettings.class})
class AccessConfiguration {
    @Bean
    AccessParts accessParts(
            Database database,
            Ids ids,
            Clock clock,
            RandomGenerator random,
            SealedValues sealed,
            AccessSettings settings,
            SignInSettings signIn) {
        return new AccessParts(database, ids, clock, random, () -> sealed, settings, signIn);
    }

    @Bean
    Access access(AccessParts parts) {
        return parts.access();
    }

    @Bean
    Audit audit(AccessParts parts) {
        return parts.audit();
    }

    @Bean
    AuditTrail auditTrail(AccessParts parts, Home home) {
        return parts.auditTrail(home.logs());
    }

    @Bean
    AuditSealer auditSealer(AccessParts parts, AuditSettings policy) {
        return parts.sealer(policy).start();
    }

    @Bean
    Credentials credentials(AccessParts parts, ExternalParts external) {
        return parts.credentials().with(external.tokens());
    }

    @Bean
    Users users(AccessParts parts) {
        return parts.users();
    }

    @Bean
    Roles roles(AccessParts parts) {
        return parts.roles();
    }

    @Bean
    Grants grants(AccessParts parts, List<GrantWords> words) {
        return parts.grants(words);
    }

    @Bean
    Shares shares(AccessParts parts, Grants grants) {
        return parts.shares(grants);
    }

    @Bean
    Keys keys(AccessParts parts, Grants grants, RateSettings rates) {
        return parts.keys(grants, rates);
    }

    @Bean
    ClientCredentials clientCredentials(Audit audit, Credentials credentials) {
        return new ClientCredentials(audit, credentials);
    }

    @Bean
    SignIn signIn(AccessParts parts) {
        return parts.signIn();
    }

    @Bean
    LoginTokens loginTokens(AccessParts parts) {
        return parts.loginTokens();
    }

    /** The first key is made with the server, so that the first sign-in does not wait for it. */
    @Bean
    SigningKeys signingKeys(AccessParts parts) {
        SigningKeys keys = parts.signingKeys();
        keys.signer();
        return keys;
    }

    @Bean
    PasswordResets passwordResets(AccessParts parts) {
        return parts.passwordResets();
    }

    @Bean
    Account account(AccessParts parts) {
        return parts.account();
    }

    @Bean
    Tenants tenants(AccessParts parts) {
        return parts.tenants();
    }

    @Bean
    Workspaces workspaces(AccessParts parts) {
        return parts.workspaces();
    }

    @Bean
    FirstStart firstStart(AccessParts parts) {
        return parts.firstStart();
    }
}
