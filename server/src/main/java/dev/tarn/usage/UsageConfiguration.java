package dev.tarn.usage;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.RateSettings;
import dev.tarn.access.Tenants;
import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({UsageSettings.class, PriceSettings.class})
class UsageConfiguration {
    @Bean
    UsageStore usageStore(Database database) {
        return new JdbcUsageStore(database);
    }

    @Bean
    Meter meter(
            Database database, UsageStore store, UsageSettings settings, PriceSettings prices, Ids ids, Clock clock) {
        return new Meter(database, store, settings, Prices.of(prices), ids, clock);
    }

    @Bean
    Usage usage(Access access, UsageStore store) {
        return new Usage(access, store);
    }

    @Bean
    UsageUpkeep usageUpkeep(Database database, UsageStore store, UsageSettings settings, Clock clock) {
        return new UsageUpkeep(database, store, settings, clock);
    }

    @Bean
    Rates rates(Database database, RateSettings settings, Clock clock) {
        return new Rates(database, settings, clock);
    }

    @Bean
    Allowance allowance(Database database, UsageStore uses, StoredBytes stored, Clock clock) {
        return new Allowance(new JdbcQuotaStore(database), uses, stored, clock);
    }

    @Bean
    Quotas quotas(Access access, Audit audit, Tenants tenants, Database database, Allowance allowance, Clock clock) {
        return new Quotas(access, audit, tenants, database, new JdbcQuotaStore(database), allowance, clock);
    }
}
