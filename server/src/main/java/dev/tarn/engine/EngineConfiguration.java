package dev.tarn.engine;

import dev.tarn.access.Access;
import dev.tarn.access.GrantWords;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.Views;
import dev.tarn.platform.Home;
import dev.tarn.platform.Ids;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.storage.Readers;
import dev.tarn.storage.Warehouse;
import java.time.Clock;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EngineSettings.class)
class EngineConfiguration {
    @Bean
    BufferAllocator allocator() {
        return new RootAllocator();
    }

    @Bean
    QueryPlanner queryPlanner(
            Tables tables, Views views, Warehouse warehouse, Access access, RowFilters rowFilters, Clock clock) {
        return new QueryPlanner(tables, views, warehouse, access, rowFilters, clock);
    }

    @Bean
    Engine engine(
            Access access,
            Tables tables,
            Views views,
            QueryPlanner planner,
            WorkerPool workers,
            BufferAllocator allocator,
            EngineSettings settings,
            Home home,
            Readers readers) {
        return new Engine(access, tables, views, planner, workers, allocator, settings, home.tmp(), readers);
    }

    @Bean
    RowChanges rowChanges(
            Access access,
            Tables tables,
            QueryPlanner planner,
            WorkerPool workers,
            EngineSettings settings,
            Ids ids,
            Home home,
            Readers readers) {
        return new RowChanges(access, tables, planner, workers, settings, ids, home.tmp(), readers);
    }

    @Bean
    FileRewrites fileRewrites(Access access, Warehouse warehouse, WorkerPool workers, Home home) {
        return new FileRewrites(access, warehouse, workers, home.tmp());
    }

    @Bean
    FileConditions fileConditions(Access access, WorkerPool workers, Clock clock) {
        return new FileConditions(access, workers, clock);
    }

    @Bean
    KeptResults keptResults(BufferAllocator allocator) {
        return new KeptResults(allocator);
    }

    @Bean
    RowFilters rowFilters() {
        return new RowFilters();
    }

    @Bean
    GrantWords tableGrants(Tables tables, WorkerPool workers, Clock clock) {
        return new TableGrants(tables, workers, clock);
    }
}
