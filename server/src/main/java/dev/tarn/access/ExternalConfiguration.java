package dev.tarn.access;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.network.OutboundHttp;
import dev.tarn.platform.secrets.SealedValues;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DrlsSettings.class)
class ExternalConfiguration {
    @Bean
    ExternalParts externalParts(
            Database database,
            AccessParts access,
            SealedValues sealed,
            OutboundHttp http,
            AccessSettings settings,
            DrlsSettings drls,
            Ids ids,
            Clock clock,
            RandomGenerator random) {
        return new ExternalParts(database, access, sealed, http, settings, drls, ids, clock, random);
    }

    @Bean
    IdentityProviders identityProviders(ExternalParts parts) {
        return parts.providers();
    }

    @Bean
    ExternalSignIn externalSignIn(ExternalParts parts) {
        return parts.signIn();
    }

    @Bean
    DrlsTokens drlsTokens(ExternalParts parts) {
        return parts.drls();
    }
}
