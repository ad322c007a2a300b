package dev.tarn.upkeep;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.catalog.CatalogIndex;
import dev.tarn.catalog.OrphanFiles;
import dev.tarn.catalog.SnapshotExpiry;
import dev.tarn.catalog.TableChanges;
import dev.tarn.catalog.TableInspection;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.VersionFiles;
import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.FileConditions;
import dev.tarn.engine.FileRewrites;
import dev.tarn.engine.RowChanges;
import dev.tarn.jobs.JobHandler;
import dev.tarn.jobs.Jobs;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.Repeating;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.Readers;
import dev.tarn.storage.Warehouse;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UpkeepSettings.class)
class UpkeepConfiguration {
    @Bean
    TableHealths tableHealths(
            Access access, TableInspection tables, Readers readers, EngineSettings settings, Clock clock) {
        return new TableHealths(access, tables, readers, settings, clock);
    }

    @Bean
    HealthRanking healthRanking(Access access, CatalogIndex index, TableHealths healths, Clock clock) {
        return new HealthRanking(access, index, healths, clock);
    }

    @Bean
    UpkeepOperations upkeepOperations(List<UpkeepOperation<?>> operations) {
        return new UpkeepOperations(operations);
    }

    @Bean
    Compaction compaction(
            TableInspection inspection,
            Tables tables,
            FileRewrites rewrites,
            FileConditions conditions,
            EngineSettings settings,
            Clock clock) {
        return new Compaction(inspection, tables, rewrites, conditions, settings, clock);
    }

    @Bean
    ManifestRewrite manifestRewrite(TableInspection inspection, Tables tables) {
        return new ManifestRewrite(inspection, tables);
    }

    @Bean
    ExpireOperation expireOperation(SnapshotExpiry expiry) {
        return new ExpireOperation(expiry);
    }

    @Bean
    RemoveOrphansOperation removeOrphansOperation(OrphanFiles orphans) {
        return new RemoveOrphansOperation(orphans);
    }

    @Bean
    ErasedRows erasedRows(Tables tables, Engine engine, RowChanges changes, EngineSettings settings, Clock clock) {
        return new ErasedRows(tables, engine, changes, settings.targetFile().toBytes(), clock);
    }

    @Bean
    Erasure erasure(
            TableInspection tables,
            TableChanges changes,
            VersionFiles files,
            SnapshotExpiry expiry,
            ErasedRows rows,
            Compaction compaction) {
        return new Erasure(tables, changes, files, expiry, rows, compaction);
    }

    @Bean
    JobHandler upkeepHandler(TableInspection tables, UpkeepOperations operations) {
        return new UpkeepHandler(tables, operations);
    }

    @Bean
    Upkeep upkeep(Access access, Audit audit, TableInspection tables, UpkeepOperations operations, Jobs jobs, Ids ids) {
        return new Upkeep(access, audit, tables, operations, jobs, ids);
    }

    @Bean
    UpkeepPolicies upkeepPolicies(
            Access access, Audit audit, Database database, TableInspection inspection, Tables tables, Clock clock) {
        return new UpkeepPolicies(access, audit, database, new JdbcPolicyStore(database), inspection, tables, clock);
    }

    @Bean(destroyMethod = "close")
    Repeating upkeepRounds(
            CatalogIndex index,
            TableInspection tables,
            TableHealths healths,
            UpkeepPolicies policies,
            Upkeep upkeep,
            Jobs jobs,
            UpkeepSettings settings,
            Warehouse warehouse,
            Readers readers,
            Readiness readiness,
            Clock clock) {
        UpkeepRounds rounds =
                new UpkeepRounds(index, tables, healths, policies, upkeep, jobs, warehouse, readers, readiness, clock);
        return Repeating.start("tarn-upkeep", settings.rounds(), rounds::round);
    }
}
