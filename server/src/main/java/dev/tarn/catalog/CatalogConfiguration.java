package dev.tarn.catalog;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.GrantWords;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Repeating;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.DoomedFiles;
import dev.tarn.storage.Readers;
import dev.tarn.storage.TableFiles;
import dev.tarn.storage.Warehouse;
import dev.tarn.storage.WriteIntents;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CatalogSettings.class)
class CatalogConfiguration {
    @Bean
    GrantWords tableWords() {
        return new TableWords();
    }

    @Bean
    CatalogParts catalogParts(
            Access access,
            Audit audit,
            Database database,
            WriteIntents intents,
            Warehouse warehouse,
            TableFiles files,
            RandomGenerator random,
            Clock clock,
            Ids ids,
            CatalogSettings settings,
            Readers readers,
            DoomedFiles doomed) {
        CatalogRows rows = new CatalogRows(new JdbcCatalogStore(database), new JdbcDroppedTableStore(database));
        return new CatalogParts(
                access,
                audit,
                database,
                rows.store(),
                intents,
                warehouse,
                files,
                new MetadataCache(files),
                new CommitLocks(),
                random,
                rows.dropped(),
                clock,
                ids,
                settings,
                readers,
                doomed,
                new ImmediateCommits(database, rows, effect -> {}));
    }

    @Bean
    Tables tables(CatalogParts parts) {
        return new Tables(parts);
    }

    @Bean
    TableInspection tableInspection(CatalogParts parts, Tables tables) {
        return new TableInspection(parts, tables);
    }

    @Bean
    TableChanges tableChanges(CatalogParts parts, Tables tables) {
        return new TableChanges(parts, tables);
    }

    @Bean
    CatalogIndex catalogIndex(CatalogParts parts) {
        return new CatalogIndex(parts);
    }

    @Bean
    ForeignTables foreignTables(CatalogParts parts) {
        return new ForeignTables(parts);
    }

    @Bean
    TableHistory tableHistory(CatalogParts parts, Tables tables) {
        return new TableHistory(parts, tables);
    }

    @Bean(destroyMethod = "close")
    Repeating droppedTablesUpkeep(CatalogParts parts) {
        return Repeating.start("tarn-dropped-tables", Duration.ofMinutes(1), () -> TableChanges.sweep(parts));
    }

    @Bean
    TableReports tableReports(CatalogParts parts, Database database) {
        return new TableReports(parts, new JdbcReportStore(database));
    }

    @Bean(destroyMethod = "close")
    Repeating tableReportsUpkeep(TableReports reports) {
        return Repeating.start("tarn-table-reports", Duration.ofHours(1), reports::sweep);
    }

    @Bean
    Views views(CatalogParts parts, Clock clock) {
        return new Views(parts, clock);
    }

    @Bean
    Namespaces namespaces(CatalogParts parts, Tables tables) {
        return new Namespaces(parts, tables);
    }

    @Bean
    CatalogCommits catalogCommits(CatalogParts parts, Views views) {
        return new CatalogCommits(parts, views);
    }

    @Bean
    IcebergNamespaces icebergNamespaces(CatalogParts parts) {
        return new IcebergNamespaces(parts, effect -> {});
    }

    @Bean
    IcebergTables icebergTables(CatalogParts parts, Views views) {
        return new IcebergTables(parts, views, effect -> {});
    }

    @Bean
    IcebergViews icebergViews(CatalogParts parts) {
        return new IcebergViews(parts);
    }

    @Bean
    SnapshotExpiry snapshotExpiry(CatalogParts parts, Tables tables, Database database) {
        return new SnapshotExpiry(parts, tables, new JdbcScanPlanStore(database));
    }

    @Bean
    VersionFiles versionFiles(CatalogParts parts, Tables tables) {
        return new VersionFiles(parts, tables);
    }

    @Bean
    OrphanFiles orphanFiles(CatalogParts parts, Tables tables) {
        return new OrphanFiles(parts, tables);
    }

    @Bean
    ScanPlans scanPlans(CatalogParts parts, Database database) {
        return new ScanPlans(parts, new JdbcScanPlanStore(database), ScanPlans.MOST_VALUES);
    }

    @Bean(destroyMethod = "close")
    Repeating scanPlansUpkeep(ScanPlans plans) {
        return Repeating.start("tarn-scan-plans", Duration.ofMinutes(1), plans::sweep);
    }
}
