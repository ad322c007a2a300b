package dev.tarn.upkeep;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.catalog.TableInspection;
import dev.tarn.jobs.JobHandler;
import dev.tarn.jobs.Jobs;
import dev.tarn.platform.Ids;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UpkeepSettings.class)
class UpkeepConfiguration {
    @Bean
    TableHealths tableHealths(Access access, TableInspection tables, UpkeepSettings settings, Clock clock) {
        return new TableHealths(access, tables, settings, clock);
    }

    @Bean
    UpkeepOperations upkeepOperations() {
        return new UpkeepOperations(List.of());
    }

    @Bean
    JobHandler upkeepHandler(TableInspection tables, UpkeepOperations operations) {
        return new UpkeepHandler(tables, operations);
    }

    @Bean
    Upkeep upkeep(Access access, Audit audit, TableInspection tables, UpkeepOperations operations, Jobs jobs, Ids ids) {
        return new Upkeep(access, audit, tables, operations, jobs, ids);
    }
}
