package dev.tarn.catalog;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.GrantWords;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.TableFiles;
import dev.tarn.storage.Warehouse;
import dev.tarn.storage.WriteIntents;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
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
            RandomGenerator random) {
        return new CatalogParts(
                access,
                audit,
                database,
                new JdbcCatalogStore(database),
                intents,
                warehouse,
                files,
                new MetadataCache(files),
                new CommitLocks(),
                random);
    }

    @Bean
    Tables tables(CatalogParts parts) {
        return new Tables(parts);
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
}
