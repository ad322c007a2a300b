package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.catalog.CatalogTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many writers of one table: what was answered with 200 is there, once; what was refused is not. */
class ConcurrentChangesTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final int WRITERS = 8;
    private static final int EACH = 8;
    private static final Schema SCHEMA = new Schema(
            NestedField.required(1, "id", Types.LongType.get()), NestedField.optional(2, "n", Types.LongType.get()));

    @ParameterizedTest
    @CsvSource({"2, copy-on-write", "3, merge-on-read"})
    void nothingIsLost(int version, String mode) throws InterruptedException, ExecutionException {
        ChangesClient table = new ChangesClient(
                SERVER,
                CatalogTables.create(
                        SERVER,
                        SCHEMA,
                        PartitionSpec.unpartitioned(),
                        Map.of(
                                "format-version",
                                Integer.toString(version),
                                "write.update.mode",
                                mode,
                                "write.merge.mode",
                                mode)));
        table.run("INSERT INTO $t VALUES (0, 0)");
        AtomicInteger conflicts = new AtomicInteger();
        List<Future<?>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 1; writer <= WRITERS; writer++) {
                int own = writer;
                writers.add(threads.submit(() -> write(table, own, conflicts)));
            }
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        System.out.println("ConcurrentChangesTest: " + conflicts + " were refused and sent again");
        int updates = WRITERS * ((EACH + 2) / 3);
        int merges = WRITERS * ((EACH + 1) / 3);
        int appends = WRITERS * (EACH / 3);
        assertThat(table.rows("SELECT n FROM $t WHERE id = 0")).isEqualTo(Integer.toString(updates));
        assertThat(table.rows("SELECT count(*), sum(n) FROM $t WHERE id BETWEEN 1 AND 99"))
                .isEqualTo(WRITERS + "," + merges);
        assertThat(table.rows("SELECT count(*) FROM $t WHERE id >= 100")).isEqualTo(Integer.toString(appends));
    }

    private static void write(ChangesClient table, int own, AtomicInteger conflicts) {
        for (int i = 0; i < EACH; i++) {
            String statement = switch (i % 3) {
                case 0 -> "UPDATE $t SET n = n + 1 WHERE id = 0";
                case 1 ->
                    "MERGE INTO $t AS t USING (SELECT %d::bigint AS id) AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = n + 1 WHEN NOT MATCHED THEN INSERT VALUES (id, 1)"
                            .formatted(own);
                default -> "INSERT INTO $t VALUES (%d, 0)".formatted(100 + own);
            };
            RunningServer.Reply reply = table.sql(statement, Map.of());
            while (reply.status() == 409 || reply.status() == 429) {
                conflicts.incrementAndGet();
                reply = table.sql(statement, Map.of());
            }
            assertThat(reply.status()).as(statement + ": " + reply.body()).isEqualTo(200);
        }
    }
}
