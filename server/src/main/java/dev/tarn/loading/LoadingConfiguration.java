package dev.tarn.loading;

import dev.tarn.access.Access;
import dev.tarn.catalog.Tables;
import dev.tarn.platform.Home;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.usage.Meter;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LoadingSettings.class)
class LoadingConfiguration {
    @Bean
    Loads loads(
            Access access,
            Tables tables,
            WorkerPool workers,
            Meter meter,
            LoadingSettings settings,
            Home home,
            Ids ids,
            Clock clock,
            Readiness readiness) {
        Conversion conversion = new Conversion(workers, settings, clock);
        Loads loads = new Loads(access, tables, conversion, meter, settings, home.tmp(), ids, clock);
        readiness.whenOutOfTime(loads::outOfTime);
        return loads;
    }
}
