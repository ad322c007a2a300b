package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A table made by SQL, altered while a dashboard reads it, and merged into again and again, looks the same to DataLynxr's call, to the
 * console, to Spark and to yesterday's snapshot.
 */
@Tag("conformance")
@ExtendWith(SharedServer.class)
class LivingTableTest {
    private static final int ROWS = 500;
    private static final int ROUNDS = 25;
    private static final String ALL = "SELECT id, total, note FROM living.orders ORDER BY id";

    private final ServerUnderTest server;
    private final Api api;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    LivingTableTest(ServerUnderTest server) {
        this.server = server;
        api = server.api();
    }

    @Test
    void looksTheSameToEverybody() throws Exception {
        done("CREATE SCHEMA IF NOT EXISTS living");
        done("DROP TABLE IF EXISTS living.orders");
        done("CREATE TABLE living.orders (id BIGINT NOT NULL, amount INT) PARTITIONED BY (bucket(2, id))"
                + " TBLPROPERTIES ('format-version'='3', 'write.merge.mode'='merge-on-read')");
        done("INSERT INTO living.orders SELECT i, 1 FROM range(" + ROWS + ") r(i)");
        String yesterday = done("SELECT max_by(snapshot_id, committed_at)::VARCHAR FROM living.orders$snapshots")
                .value()
                .asString();
        done("CREATE VIEW living.board AS SELECT count(*) AS orders, count(DISTINCT id) AS ids FROM living.orders");

        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Long> dashboard = CompletableFuture.supplyAsync(() -> watch(over));
        for (int round = 1; round <= ROUNDS; round++) {
            alter(round);
            merge(round);
        }
        over.set(true);
        assertThat(dashboard.join()).as("looks of the dashboard").isGreaterThan(5);

        List<String> rows = texts(done(ALL));
        assertThat(rows).hasSize(ROWS + 10 * ROUNDS).contains("3|" + (1 + ROUNDS) + "|merged");
        Answer console = api.post("/tarn/v1/statements", Map.of("statement", ALL));
        assertThat(texts(console)).isEqualTo(rows);
        try (SparkUnderTest spark = SparkUnderTest.start(server, folder.resolve("spark.log"))) {
            assertThat(spark.rows(ALL)).isEqualTo(rows);
            String before = "SELECT id, amount FROM living.orders VERSION AS OF " + yesterday + " ORDER BY id";
            assertThat(texts(done(before))).isEqualTo(spark.rows(before)).hasSize(ROWS);
        }
    }

    private void alter(int round) {
        switch (round) {
            case 5 -> done("ALTER TABLE living.orders ADD COLUMN note STRING");
            case 10 -> done("ALTER TABLE living.orders ALTER COLUMN amount TYPE BIGINT");
            case 15 -> done("ALTER TABLE living.orders RENAME COLUMN amount TO total");
            case 20 -> done("ALTER TABLE living.orders ADD PARTITION FIELD truncate(100, id)");
            default -> {}
        }
    }

    /** One more for the first hundred, and ten that are new. */
    private void merge(int round) {
        String amount = round < 15 ? "amount" : "total";
        String note = round < 5 ? "" : ", note = 'merged'";
        done("MERGE INTO living.orders t USING (SELECT i AS id FROM range(100) r(i) UNION ALL SELECT "
                + (ROWS + 10 * round)
                + " + i FROM range(10) r(i)) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET " + amount + " = t." + amount
                + " + 1" + note + " WHEN NOT MATCHED THEN INSERT (id, " + amount + ") VALUES (s.id, 1)");
    }

    /** Whatever is committed meanwhile, a look sees whole merges and no row twice. */
    private long watch(AtomicBoolean over) {
        long looks = 0;
        while (!over.get()) {
            JsonNode counts =
                    done("SELECT orders, ids FROM living.board").rows().getFirst();
            assertThat(counts.path("orders")).isEqualTo(counts.path("ids"));
            assertThat((counts.path("orders").asLong() - ROWS) % 10).isZero();
            looks++;
        }
        return looks;
    }

    private Answer done(String sql) {
        Answer answer = api.sql(sql);
        assertThat(answer.status()).as(sql + ": " + answer).isEqualTo(200);
        return answer;
    }

    private static List<String> texts(Answer answer) {
        return answer.rows().stream()
                .map(row -> String.join(
                        "|",
                        StreamSupport.stream(row.spliterator(), false)
                                .map(value -> value.asString("null"))
                                .toList()))
                .toList();
    }
}
