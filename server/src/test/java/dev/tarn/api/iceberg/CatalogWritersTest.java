package dev.tarn.api.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.Test;

/** Iceberg's own client from many sides at once: nothing that was committed is lost, and nothing is there twice. */
class CatalogWritersTest {
    private static final int WRITERS = 8;
    private static final int COMMITS = 20;

    private final RunningServer server = RunningServer.shared();
    private final CatalogClient admin = new CatalogClient(server, server.key());

    private RESTCatalog catalog() {
        RESTCatalog catalog = new RESTCatalog();
        catalog.setConf(new Configuration());
        catalog.initialize(
                "tarn", Map.of("uri", server.address() + "/iceberg", "warehouse", "iceberg", "token", server.key()));
        return catalog;
    }

    @Test
    void nothingIsLost() throws IOException, InterruptedException, ExecutionException {
        TableIdentifier name = TableIdentifier.of(admin.namespace(), "many");
        admin.table(name.namespace().level(0), name.name());
        try (RESTCatalog catalog = catalog();
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            catalog.loadTable(name)
                    .updateProperties()
                    .set("commit.retry.num-retries", "100")
                    .set("commit.retry.min-wait-ms", "5")
                    .commit();
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String prefix = "w" + writer;
                running.add(writers.submit(() -> append(catalog.loadTable(name), prefix)));
            }
            for (Future<?> one : running) {
                one.get();
            }
            Table table = catalog.loadTable(name);
            assertThat(table.snapshots()).hasSize(WRITERS * COMMITS);
            try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
                assertThat(files)
                        .extracting(file -> file.file().location())
                        .hasSize(WRITERS * COMMITS)
                        .doesNotHaveDuplicates();
            }
        }
    }

    private static void append(Table table, String prefix) {
        for (int commit = 0; commit < COMMITS; commit++) {
            table.newFastAppend()
                    .appendFile(DataFiles.builder(table.spec())
                            .withPath("%s/data/%s-%d.parquet".formatted(table.location(), prefix, commit))
                            .withFileSizeInBytes(10)
                            .withRecordCount(1)
                            .build())
                    .commit();
        }
    }
}
