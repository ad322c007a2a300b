package dev.tarn.platform.workers;

import dev.tarn.platform.Home;
import dev.tarn.platform.PlatformSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkerSettings.class)
class WorkerConfiguration {
    @Bean
    WorkerPool workerPool(
            WorkerSettings settings, PlatformSettings platform, Home home, List<WorkerFolders> folders, Clock clock) {
        Path application = settings.application();
        if (application == null) {
            application = platform.root().resolve("worker/target/app");
        }
        WorkerPool pool = new WorkerPool(
                application,
                home,
                folders.stream().flatMap(some -> some.paths().stream()).toList(),
                clock,
                WorkerLimits.of(settings));
        pool.warmUp();
        return pool;
    }
}
