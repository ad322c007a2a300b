package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's own client through two servers on one PostgreSQL: nothing that was committed is lost, nothing is there twice. */
@Tag("conformance")
@ExtendWith(PostgresKitServer.class)
class CatalogOnPostgresTest {
    private static final int WRITERS = 8;
    private static final int COMMITS = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final ServerUnderTest first;

    CatalogOnPostgresTest(ServerUnderTest first) {
        this.first = first;
    }

    @Test
    void writersThroughTwoServersLoseNothing() throws IOException, InterruptedException, ExecutionException {
        try (ServerUnderTest second = ServerUnderTest.startBeside(
                        first,
                        ServerSetup.on(folder.resolve("second"))
                                .sharing(
                                        first.setup().databaseUrl(),
                                        first.setup().warehouse()));
                IcebergClient one = new IcebergClient(first, Map.of());
                IcebergClient other = new IcebergClient(second, Map.of());
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            TableIdentifier name = one.tables("two_servers", 1).getFirst();
            one.load(name)
                    .updateProperties()
                    .set("commit.retry.num-retries", "100")
                    .set("commit.retry.min-wait-ms", "5")
                    .commit();
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                IcebergClient through = writer % 2 == 0 ? one : other;
                running.add(writers.submit(() -> append(through.load(name))));
            }
            for (Future<?> writer : running) {
                writer.get();
            }
            for (IcebergClient client : List.of(one, other)) {
                Table table = client.load(name);
                assertThat(table.snapshots()).hasSize(WRITERS * COMMITS);
                assertThat(KillTransactionTest.files(table))
                        .hasSize(WRITERS * COMMITS)
                        .doesNotHaveDuplicates();
            }
        }
    }

    private static void append(Table table) {
        for (int commit = 0; commit < COMMITS; commit++) {
            table.newFastAppend().appendFile(IcebergClient.dataFile(table)).commit();
        }
    }
}
