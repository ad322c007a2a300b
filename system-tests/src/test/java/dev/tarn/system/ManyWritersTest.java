package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Eight clients that append, update and merge on one table at once: nothing is lost and nothing is done twice. */
@Tag("conformance")
class ManyWritersTest {
    private static final int WRITERS = 8;
    private static final int ROUNDS = 20;
    private static final int MOST_TRIES = 200;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void onOneServer() {
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(folder.resolve("one")))) {
            writeAll(List.of(server.api()), ROUNDS);
        }
    }

    @Test
    void onTwoServers() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                ServerUnderTest first = ServerUnderTest.start(setup("a", postgres));
                ServerUnderTest second = ServerUnderTest.startBeside(first, setup("b", postgres))) {
            writeAll(List.of(first.api(), second.api()), ROUNDS);
        }
    }

    private ServerSetup setup(String name, EmbeddedPostgres postgres) {
        return ServerSetup.on(folder.resolve(name))
                .sharing(postgres.getJdbcUrl("postgres", "postgres"), folder.resolve("warehouse"));
    }

    private static void writeAll(List<Api> servers, int rounds) {
        for (String properties : List.of(
                "",
                " TBLPROPERTIES ('format-version'='3', 'write.update.mode'='merge-on-read', 'write.merge.mode'='merge-on-read')")) {
            Api any = servers.getFirst();
            succeeds(any, "CREATE OR REPLACE TABLE iceberg.default.counts (id INT, n BIGINT)" + properties);
            succeeds(any, "INSERT INTO iceberg.default.counts VALUES (0, 0)");
            List<Callable<Answer>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Api own = servers.get(i % servers.size());
                int id = 100 + i;
                writers.add(() -> write(own, id, rounds));
            }
            Api.atOnce(writers);
            Answer counts = any.sql("SELECT id, n, count(*) FROM iceberg.default.counts GROUP BY ALL ORDER BY ALL");
            List<String> rows = counts.rows().stream().map(Object::toString).toList();
            assertThat(rows).as(properties).hasSize(2 + WRITERS);
            assertThat(rows.getFirst()).contains("\"id\":0,\"n\":" + 2 * rounds * WRITERS + ",", ":1}");
            assertThat(rows.get(1)).as("appended").contains("\"id\":1,", ":" + rounds * WRITERS + "}");
            assertThat(rows.subList(2, rows.size()))
                    .as("merged, each by its own writer")
                    .allSatisfy(row -> assertThat(row).contains("\"n\":" + rounds + ",", ":1}"));
        }
    }

    private static Answer write(Api api, int id, int rounds) {
        Answer last = null;
        for (int i = 0; i < rounds; i++) {
            tries(api, "INSERT INTO iceberg.default.counts VALUES (1, 1)");
            tries(api, "UPDATE iceberg.default.counts SET n = n + 1 WHERE id = 0");
            last = tries(
                    api,
                    "MERGE INTO iceberg.default.counts t USING (VALUES (0, 1), (" + id
                            + ", 1)) s(id, n) ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = t.n + s.n"
                            + " WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, s.n)");
        }
        return java.util.Objects.requireNonNull(last);
    }

    /** A conflict was not applied, so that a client tries again. */
    private static Answer tries(Api api, String sql) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Answer answer = api.sql(sql);
            if (answer.status() == 200) {
                return answer;
            }
            assertThat(answer.status()).as(answer.toString()).isIn(409, 429);
        }
        throw new AssertionError("No success in " + MOST_TRIES + " tries: " + sql);
    }

    private static void succeeds(Api api, String sql) {
        Answer answer = api.sql(sql);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }
}
