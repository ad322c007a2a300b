package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.KeyRotation;
import dev.tarn.platform.secrets.SealedValues;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StoredSecretsConfiguration {
    @Bean
    StoredSecrets storedSecrets(
            Access access, Audit audit, Database database, SealedValues sealed, KeyRotation rotation, Clock clock) {
        return new StoredSecrets(access, audit, database, new JdbcStoredSecretStore(database), sealed, rotation, clock);
    }

    @Bean
    SettingSecrets settingSecrets(Database database, SealedValues sealed) {
        return new SettingSecrets(new JdbcStoredSecretStore(database), sealed);
    }
}
