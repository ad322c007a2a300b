package dev.tarn.jobs;

import dev.tarn.access.Access;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobSettings.class)
class JobsConfiguration {
    @Bean
    Jobs jobs(Access access, Database database, JobSettings settings, Clock clock) {
        return new Jobs(access, database, new JdbcJobStore(database), settings, clock);
    }

    /** When every module has made its handlers, which may themselves ask for jobs, and before the first request is served. */
    @Bean
    SmartInitializingSingleton startOfJobs(
            Jobs jobs, ObjectProvider<JobHandler> handlers, Readiness readiness, Ids ids) {
        return () ->
                jobs.start(handlers.stream().toList(), readiness, ids.next().toString());
    }
}
