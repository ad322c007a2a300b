package dev.tarn.adoption;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.StoredSecrets;
import dev.tarn.catalog.ForeignTables;
import dev.tarn.catalog.IcebergNamespaces;
import dev.tarn.catalog.IcebergTables;
import dev.tarn.jobs.JobHandler;
import dev.tarn.jobs.Jobs;
import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.network.OutboundHttp;
import dev.tarn.platform.secrets.SealedValues;
import dev.tarn.storage.TableFiles;
import dev.tarn.storage.Warehouse;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AdoptionConfiguration {
    @Bean
    AdoptionSources adoptionSources(Warehouse warehouse, TableFiles files, OutboundHttp http, SealedValues sealed) {
        return new AdoptionSources(warehouse, files, http, sealed);
    }

    @Bean
    JobHandler adoptionJob(
            AdoptionSources sources,
            IcebergTables tables,
            IcebergNamespaces namespaces,
            SealedValues sealed,
            Clock clock) {
        return new AdoptionJob(sources, new TableAdopter(tables, namespaces), sealed, clock);
    }

    @Bean
    Adoptions adoptions(
            Access access,
            Audit audit,
            StoredSecrets stored,
            SealedValues sealed,
            Jobs jobs,
            IcebergTables tables,
            AdoptionSources sources,
            Ids ids) {
        return new Adoptions(access, audit, stored, sealed, jobs, tables, sources, ids);
    }

    @Bean
    MountedCatalogs mountedCatalogs(
            Access access,
            Audit audit,
            Database database,
            StoredSecrets stored,
            SealedValues sealed,
            AdoptionSources sources,
            ForeignTables tables,
            Clock clock) {
        return new MountedCatalogs(
                access, audit, database, new JdbcMountStore(database), stored, sealed, sources, tables, clock);
    }
}
