package dev.tarn.platform.secrets;

import dev.tarn.platform.Home;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecretSettings.class)
class SecretConfiguration {
    @Bean
    SecretParts secretParts(
            SecretSettings settings, Home home, Database database, RandomGenerator random, Clock clock) {
        return SecretParts.begin(database, KeyRing.open(home.secretKey(), settings.given(), random), random, clock);
    }

    @Bean
    SealedValues sealedValues(SecretParts parts) {
        return parts.values();
    }

    @Bean
    KeyRotation keyRotation(SecretParts parts) {
        return parts.rotation();
    }
}
