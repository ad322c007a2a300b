package dev.tarn.platform;

import dev.tarn.platform.database.Database;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The only place where the clock, randomness and the home folder come from. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlatformSettings.class)
class PlatformConfiguration {
    @Bean
    @ConditionalOnMissingBean // a test brings one that it moves
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }

    @Bean
    Ids ids(Clock clock, RandomGenerator random) {
        return new Ids(clock, random);
    }

    @Bean
    Readiness readiness() {
        return new Readiness();
    }

    @Bean
    @ConditionalOnMissingBean // the server opens it before its log file, which lies in it
    Home home(PlatformSettings settings) {
        return Home.open(settings.home());
    }

    @Bean
    Database database(PlatformSettings settings, Home home) {
        return Database.open(settings.databaseUrl(home));
    }

    @Bean
    PrometheusMeterRegistry meterRegistry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }
}
