package dev.tarn.jobs;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.util.List;
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

    @Bean
    Schedules schedules(Access access, Audit audit, Database database, Ids ids, Clock clock) {
        return new Schedules(access, audit, database, new JdbcScheduleStore(database), ids, clock);
    }

    /** When every module has made its handlers, which may themselves ask for jobs, and before the first request is served. */
    @Bean
    SmartInitializingSingleton startOfJobs(
            Jobs jobs,
            Schedules schedules,
            Database database,
            ObjectProvider<JobHandler> handlers,
            Readiness readiness,
            Ids ids,
            Clock clock) {
        return () -> {
            List<JobHandler> all = handlers.stream().toList();
            jobs.start(all, readiness, ids.next().toString());
            schedules.start(
                    new ScheduleFiring(database, new JdbcScheduleStore(database), jobs, all, ids, clock), readiness);
        };
    }
}
