package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Spark creates and merges into a table through the REST catalog while {@code /v1/sql/execute} queries it and the console shows each
 * snapshot, and the Auditor reads who did what.
 */
@Tag("conformance")
@ExtendWith(SharedServer.class)
class AcrossEnginesTest {
    private static final String TABLE = "iceberg.across.orders";
    private static final String SNAPSHOTS = "/tarn/v1/tables/" + TABLE + "/snapshots";

    private final ServerUnderTest server;
    private final Api api;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    AcrossEnginesTest(ServerUnderTest server) {
        this.server = server;
        api = server.api();
    }

    @Test
    void whatSparkDoesIsQueriedShownAndAudited() throws IOException, InterruptedException {
        ConsoleSession console = new ConsoleSession(server.url());
        assertThat(console.signIn("admin", server.credentials().path("password").asString())
                        .status())
                .isEqualTo(200);
        try (SparkUnderTest spark = SparkUnderTest.throughCatalog(server, folder.resolve("spark.log"))) {
            spark.rows("CREATE NAMESPACE across");
            spark.rows("CREATE TABLE across.orders (id BIGINT, state STRING) USING iceberg");
            assertThat(shown(console)).isEmpty();
            spark.rows("INSERT INTO across.orders SELECT id, 'new' FROM range(1000)");
            assertThat(shown(console)).containsExactly("append");
            for (int round = 1; round <= 3; round++) {
                merge(spark, round);
                List<String> shown = shown(console);
                assertThat(shown).hasSize(1 + round);
                assertThat(shown.getFirst()).isEqualTo("overwrite");
            }
        }
        audited();
    }

    /** Whoever asks meanwhile sees the table as before or as after. */
    private void merge(SparkUnderTest spark, int round) {
        long before = 1_000L * round;
        CompletableFuture<List<String>> merged = CompletableFuture.supplyAsync(() ->
                spark.rows("MERGE INTO across.orders t USING (SELECT id + %d AS id FROM range(1500)) s ON t.id = s.id"
                                .formatted(before - 500)
                        + " WHEN MATCHED THEN UPDATE SET state = 'merged " + round
                        + "' WHEN NOT MATCHED THEN INSERT (id, state) VALUES (s.id, 'merged " + round + "')"));
        Set<String> seen = new HashSet<>();
        String sql = "SELECT count(*), count(*) FILTER (state = 'merged %d') FROM across.orders".formatted(round);
        List<String> last;
        boolean done;
        do {
            done = merged.isDone();
            last = new CatalogSql(api).rows(sql);
            seen.addAll(last);
        } while (!done);
        merged.join();
        assertThat(last).containsExactly((before + 1_000) + "|1500");
        assertThat(seen).isSubsetOf(before + "|0", (before + 1_000) + "|1500");
    }

    /** What the console's page of the table lists, newest first. */
    private static List<String> shown(ConsoleSession console) throws IOException, InterruptedException {
        Answer answer = console.get(SNAPSHOTS);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        List<String> operations = new ArrayList<>();
        answer.json()
                .path("snapshots")
                .forEach(snapshot -> operations.add(snapshot.path("operation").asString()));
        return operations;
    }

    private void audited() {
        String name = "auditor-" + System.nanoTime();
        Answer made = api.post("/tarn/v1/users", Map.of("name", name, "roles", List.of("Auditor")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        Answer key = api.post("/tarn/v1/keys", Map.of("name", "audit", "user", name));
        assertThat(key.status()).as(key.toString()).isEqualTo(201);
        Api auditor = api.withKey(
                key.json().path("secret").asString(key.json().path("key").asString()));
        assertThat(auditor.sql("SELECT * FROM across.orders").status()).isIn(403, 404);
        List<JsonNode> writes = Eventually.found(Duration.ofSeconds(10), "four writes in the trail", () -> {
            List<JsonNode> found = new ArrayList<>();
            auditor.get("/tarn/v1/audit?limit=100&resource=table:" + TABLE)
                    .json()
                    .path("entries")
                    .valueStream()
                    .filter(entry -> entry.at("/details/through").asString("").equals("catalog"))
                    .filter(entry -> entry.path("details").has("operation"))
                    .forEach(found::add);
            return found.size() == 4 ? Optional.of(found) : Optional.empty();
        });
        assertThat(writes).allSatisfy(entry -> {
            assertThat(entry.at("/who/name").asString()).isEqualTo("admin");
            assertThat(entry.at("/who/kind").asString()).isEqualTo("key");
            assertThat(entry.path("outcome").asString()).isEqualTo("done");
        });
        assertThat(writes).extracting(entry -> entry.path("verb").asString()).containsOnly("insert", "update");
    }
}
