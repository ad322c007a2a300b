package dev.tarn.storage;

import dev.tarn.platform.Home;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Repeating;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.workers.WorkerFolders;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageSettings.class)
class StorageConfiguration {
    @Bean
    Warehouse warehouse(StorageSettings settings, Home home, Ids ids) {
        return new Warehouse(settings.warehouse(home), settings.roots(), home.folder(), ids);
    }

    @Bean
    WorkerFolders tableFolders(Warehouse warehouse) {
        return new WorkerFolders(warehouse.folders());
    }

    @Bean
    TableFiles tableFiles(Warehouse warehouse) {
        return TableFiles.local(warehouse);
    }

    /** What dead servers left is removed before the first request is served. */
    @Bean
    WriteIntents writeIntents(StorageSettings settings, Database database, TableFiles files, Ids ids, Clock clock) {
        WriteIntents intents =
                new WriteIntents(new JdbcWriteIntentStore(database), files, ids, clock, settings.lease());
        intents.recover(database.kind());
        intents.start();
        return intents;
    }

    @Bean
    Readers readers(StorageSettings settings, Database database, Ids ids, Clock clock) {
        Readers readers = new Readers(new JdbcReaderStore(database), ids, clock, settings.lease());
        readers.recover(database.kind());
        return readers;
    }

    @Bean(destroyMethod = "close")
    Repeating readersBeat(StorageSettings settings, Readers readers) {
        return Repeating.start("tarn-readers", settings.readersBeat(), readers::tryBeat);
    }

    @Bean
    DoomedFiles doomedFiles(Database database, Readers readers, TableFiles files, Ids ids) {
        return new DoomedFiles(new JdbcDoomedFileStore(database), readers, files, ids);
    }

    @Bean(destroyMethod = "close")
    Repeating doomedFilesSweep(StorageSettings settings, DoomedFiles doomed) {
        return Repeating.start("tarn-doomed-files", settings.readersBeat(), doomed::trySweep);
    }

    @Bean
    Blobs blobs(Warehouse warehouse, TableFiles files, WriteIntents intents) {
        return new Blobs(warehouse, files, intents);
    }

    @Bean
    TenantSizes tenantSizes(Warehouse warehouse) {
        return new TenantSizes(warehouse);
    }
}
