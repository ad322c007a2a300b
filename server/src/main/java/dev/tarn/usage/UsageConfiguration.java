package dev.tarn.usage;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class UsageConfiguration {
    @Bean
    Meter meter(Database database, Ids ids, Clock clock) {
        return new Meter(database, new JdbcUsageStore(database), ids, clock);
    }
}
