package dev.tarn.loading;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.catalog.Tables;
import dev.tarn.engine.EngineSettings;
import dev.tarn.platform.Home;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.storage.Blobs;
import dev.tarn.storage.TenantSizes;
import dev.tarn.usage.Allowance;
import dev.tarn.usage.Meter;
import dev.tarn.usage.StoredBytes;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LoadingSettings.class)
class LoadingConfiguration {
    @Bean
    StoredBytes storedBytes(TenantSizes sizes) {
        return sizes::of;
    }

    @Bean
    LoadingParts loadingParts(
            Access access,
            Audit audit,
            Tables tables,
            WorkerPool workers,
            Meter meter,
            Allowance allowance,
            Database database,
            Blobs blobs,
            LoadingSettings settings,
            EngineSettings engine,
            Home home,
            Ids ids,
            Clock clock) {
        return new LoadingParts(
                access,
                audit,
                tables,
                new WorkerConversion(workers, settings, clock),
                meter,
                allowance,
                database,
                new JdbcLoadStore(database),
                new JdbcUploadStore(database),
                new JdbcContentStore(database),
                blobs,
                settings,
                engine.targetFile().toBytes(),
                home.tmp(),
                ids,
                clock);
    }

    /** Loads of dead servers read failed before the first request is served. */
    @Bean
    RunningLoads runningLoads(LoadingParts parts, Readiness readiness) {
        RunningLoads running = new RunningLoads(
                parts.loads(),
                parts.settings(),
                parts.clock(),
                parts.ids().next().toString());
        running.recover(parts.database().kind());
        readiness.whenOutOfTime(running::outOfTime);
        return running;
    }

    @Bean
    Loads loads(LoadingParts parts, RunningLoads running) {
        return new Loads(parts, running);
    }

    @Bean
    Uploads uploads(LoadingParts parts, Readiness readiness) {
        Uploads uploads = new Uploads(parts);
        readiness.whenOutOfTime(uploads::outOfTime);
        return uploads;
    }

    @Bean
    Previews previews(LoadingParts parts) {
        return new Previews(parts);
    }

    @Bean
    LoadUpkeep loadUpkeep(LoadingParts parts, RunningLoads running) {
        return new LoadUpkeep(parts, running);
    }
}
