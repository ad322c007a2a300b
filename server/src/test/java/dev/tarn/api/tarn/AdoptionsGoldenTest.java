package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.adoption.HadoopLake;
import dev.tarn.platform.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/adoptions}: a lake of Iceberg's own hadoop catalog, and one of another server, are adopted where they are. */
class AdoptionsGoldenTest {
    private static final String PATH = "/tarn/v1/adoptions";

    @TempDir
    private static Path root;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("tarn.storage.roots=" + root, "tarn.outbound.allow-private=127.0.0.1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String start(String body) {
        Reply reply = server.post(PATH, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(List.copyOf(reply.json().propertyNames())).containsExactly("id", "status");
        assertThat(reply.json().path("status").asString()).isEqualTo("queued");
        return reply.json().path("id").asString();
    }

    private static JsonNode over(String id) {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (true) {
            Reply reply = server.get(PATH + "/" + id);
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            if (!List.of("queued", "running")
                    .contains(reply.json().at("/adoption/status").asString())) {
                return reply.json();
            }
            assertThat(Instant.now()).isBefore(end);
            pause();
        }
    }

    /** Outcomes by the tables' names there. */
    private static Map<String, String> outcomes(JsonNode adopted) {
        Map<String, String> outcomes = new HashMap<>();
        adopted.path("tables")
                .forEach(table -> outcomes.put(
                        table.path("source").asString(), table.path("outcome").asString()));
        return outcomes;
    }

    private static String sum(String table) {
        Reply reply = server.post("/v1/sql/execute", "{\"statement\": \"SELECT sum(n) AS s FROM " + table + "\"}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().at("/rows/0/s").asString();
    }

    @Test
    void aHadoopCatalogIsLookedAtAndAdopted() throws IOException {
        Path folder = root.resolve("lake");
        try (HadoopLake lake = new HadoopLake(folder)) {
            lake.table("sales.orders", 1, 2);
            lake.table("sales.old.orders", 40);
            lake.table("other.a", 1);
            Files.createDirectories(folder.resolve("sales/broken/metadata"));
            Files.writeString(folder.resolve("sales/broken/metadata/v1.metadata.json"), "{\"format-version\"");
        }
        Map<Path, String> before = HadoopLake.files(folder);
        String body = "{\"kind\": \"hadoop\", \"location\": \"%s\", \"namespaces\": [\"sales\"], \"dry_run\": %s}";

        JsonNode looked = over(start(body.formatted(folder, true)));

        assertThat(List.copyOf(looked.propertyNames())).containsExactly("adoption", "tables", "next_cursor");
        assertThat(List.copyOf(looked.path("adoption").propertyNames()))
                .containsExactly(
                        "id",
                        "kind",
                        "location",
                        "dry_run",
                        "status",
                        "progress",
                        "created_at",
                        "finished_at",
                        "counts",
                        "error");
        assertThat(looked.at("/adoption/status").asString()).isEqualTo("completed");
        Map<String, String> possible =
                Map.of("sales.orders", "possible", "sales.old.orders", "possible", "sales.broken", "refused");
        assertThat(outcomes(looked)).isEqualTo(possible);
        assertThat(server.get("/tarn/v1/tables/iceberg.sales.orders").status()).isEqualTo(404);

        JsonNode adopted = over(start(body.formatted(folder, false)));

        assertThat(outcomes(adopted))
                .isEqualTo(Map.of(
                        "sales.orders", "registered", "sales.old.orders", "registered", "sales.broken", "refused"));
        assertThat(adopted.at("/adoption/counts/registered").asInt()).isEqualTo(2);
        assertThat(sum("iceberg.sales.orders")).isEqualTo("3");
        assertThat(sum("iceberg.sales.old.orders")).isEqualTo("40");
        assertThat(server.get("/tarn/v1/tables/iceberg.sales.orders/snapshots")
                        .json()
                        .at("/snapshots/0/engine")
                        .asString())
                .isEqualTo("spark 4.1.3");
        assertThat(HadoopLake.files(folder)).isEqualTo(before);

        JsonNode again = over(start(body.formatted(folder, false)));
        assertThat(outcomes(again))
                .isEqualTo(Map.of(
                        "sales.orders", "already_here", "sales.old.orders", "already_here", "sales.broken", "refused"));
        assertThat(server.get(PATH).json().path("adoptions").valueStream())
                .contains(looked.path("adoption"), adopted.path("adoption"), again.path("adoption"));
        String trail = server.get("/tarn/v1/audit?limit=1000").body();
        assertThat(trail).contains("adoption", folder.toString(), "table:iceberg.sales.orders");
    }

    @Test
    void oneTableIsAdoptedByItsMetadataFile() throws IOException {
        Path folder = root.resolve("one");
        try (HadoopLake lake = new HadoopLake(folder)) {
            lake.table("db.t", 5, 6);
        }
        String body =
                "{\"kind\": \"metadata_file\", \"location\": \"%s/db/t/metadata/v2.metadata.json\", \"name\": \"%s\"}";

        JsonNode adopted = over(start(body.formatted(folder, "single.t")));

        assertThat(outcomes(adopted)).containsEntry("single.t", "registered");
        assertThat(sum("iceberg.single.t")).as("of the version that was named").isEqualTo("5");
        JsonNode other = over(start(
                "{\"kind\": \"metadata_file\", \"location\": \"%s/db/t/metadata/v3.metadata.json\", \"name\": \"single.t\"}"
                        .formatted(folder)));
        assertThat(outcomes(other)).containsEntry("single.t", "already_here");
        Reply second = server.post(PATH, body.formatted(folder, "single.u"));
        assertThat(second.status()).as("two tables on the same files").isEqualTo(400);
        assertThat(second.body()).contains("another table here has its files");
    }

    @Test
    void anotherServersCatalogIsAdopted() throws IOException {
        Path home = Files.createTempDirectory("tarn-other");
        try (RunningServer other = RunningServer.start(home, "tarn.storage.warehouse=" + root.resolve("other"))) {
            for (String table : List.of("rest.a", "rest.deep.b")) {
                Reply made = other.post(
                        "/v1/sql/execute", "{\"statement\": \"CREATE TABLE " + table + " AS SELECT 7 AS n\"}");
                if (made.status() == 404) {
                    other.post("/v1/sql/execute", "{\"statement\": \"CREATE SCHEMA rest\"}");
                    other.post("/v1/sql/execute", "{\"statement\": \"CREATE SCHEMA rest.deep\"}");
                    made = other.post(
                            "/v1/sql/execute", "{\"statement\": \"CREATE TABLE " + table + " AS SELECT 7 AS n\"}");
                }
                assertThat(made.status()).as(made.body()).isEqualTo(200);
            }
            String body = """
                    {"kind": "rest", "location": "%s/iceberg/", "warehouse": "iceberg", "credential": "any:%s",
                     "into": "theirs", "namespaces": ["rest"]}""".formatted(other.address(), other.key());

            String id = start(body);
            JsonNode adopted = over(id);

            assertThat(outcomes(adopted))
                    .as(adopted.toString())
                    .isEqualTo(Map.of("rest.a", "registered", "rest.deep.b", "registered"));
            assertThat(sum("iceberg.theirs.rest.deep.b")).isEqualTo("7");
            assertThat(adopted.toString()).doesNotContain(other.key());
            assertThat(kept()).as("no secret is left").isZero();

            JsonNode wrong = over(start(body.replace(other.key(), "wrong")));
            assertThat(wrong.at("/adoption/status").asString()).isEqualTo("failed");
            assertThat(wrong.at("/adoption/error/detail").asString()).contains("401");
            assertThat(kept()).as("no secret is left").isZero();
        }
    }

    private static long kept() {
        return server.bean(Database.class)
                .client()
                .sql("SELECT count(*) FROM sealed_values WHERE purpose = 'adoption'")
                .query(Long.class)
                .single();
    }

    @Test
    void aNameThatIsTakenIsTold() throws IOException {
        Path folder = root.resolve("taken");
        try (HadoopLake lake = new HadoopLake(folder)) {
            lake.table("taken.t", 1);
            lake.table("taken.Free", 1);
            lake.table("taken.FREE", 1);
        }
        assertThat(server.post("/iceberg/v1/iceberg/namespaces", "{\"namespace\": [\"taken\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(server.post("/v1/sql/execute", "{\"statement\": \"CREATE TABLE taken.t AS SELECT 1 AS n\"}")
                        .status())
                .isEqualTo(200);

        JsonNode adopted = over(start("""
                {"kind": "hadoop", "location": "%s", "tables": ["taken.t", "taken.Free", "taken.FREE", "taken.no"]}""".formatted(folder)));

        assertThat(adopted.path("tables")
                        .valueStream()
                        .map(one -> one.path("outcome").asString()))
                .containsExactly("registered", "name_taken", "name_taken", "refused");
    }

    @Test
    void oneThatIsCancelledKeepsWhatItHasRegistered() {
        Path folder = root.resolve("cancelled");
        try (HadoopLake lake = new HadoopLake(folder)) {
            for (int table = 0; table < 40; table++) {
                lake.table("cancelled.t" + table);
            }
        }
        String id = start("{\"kind\": \"hadoop\", \"location\": \"%s\"}".formatted(folder));
        while (server.get(PATH + "/" + id)
                                .json()
                                .at("/adoption/counts/possible")
                                .asInt()
                        == 0
                && server.get(PATH + "/" + id)
                        .json()
                        .at("/adoption/finished_at")
                        .isNull()) {
            pause();
        }

        Reply cancelled = server.delete(PATH + "/" + id);

        assertThat(cancelled.status()).isEqualTo(200);
        JsonNode after = over(id);
        assertThat(after.at("/adoption/status").asString()).isIn("cancelled", "completed");
        Reply there = server.get("/tarn/v1/tables?namespace=cancelled&limit=100");
        int registered = there.status() == 200 ? there.json().path("tables").size() : 0;
        assertThat(after.at("/adoption/counts/registered").asInt()).isEqualTo(registered);
        assertThat(after.path("tables")).hasSize(40);
        System.out.printf("cancelled after %d of 40 tables%n", registered);
    }

    @Test
    void whatMayNotBeIsRefusedAtOnce() throws IOException {
        Path outside = Files.createTempDirectory("tarn-outside");
        try (HadoopLake lake = new HadoopLake(outside)) {
            lake.table("db.t", 1);
        }
        assertThat(refusal("{\"kind\": \"hadoop\", \"location\": \"" + outside + "\"}"))
                .contains("tarn.storage.roots");
        assertThat(refusal("{\"kind\": \"hadoop\", \"location\": \"" + root + "/../x\"}"))
                .contains("tarn.storage.roots");
        assertThat(refusal("{\"kind\": \"metadata_file\", \"name\": \"a.b\", \"location\": \"" + outside
                        + "/db/t/metadata/v1.metadata.json\"}"))
                .contains("tarn.storage.roots");
        assertThat(refusal("{\"kind\": \"rest\", \"location\": \"http://10.1.2.3/iceberg\"}"))
                .contains("tarn.outbound.allow-private");
        assertThat(refusal("{\"kind\": \"rest\", \"location\": \"file:///etc/passwd\"}"))
                .contains("cannot be called");
        assertThat(refusal("{\"kind\": \"rest\", \"location\": \"" + server.address() + "\", \"token\": \"a\\nb\"}"))
                .contains("printable");
        assertThat(refusal("{\"kind\": \"metadata_file\", \"location\": \"" + root + "/x\"}"))
                .contains("name");
        assertThat(refusal("{\"kind\": \"delta\", \"location\": \"x\"}")).contains("metadata_file, hadoop or rest");
        assertThat(refusal("{\"kind\": \"hadoop\"}")).contains("location");
        LimitedUser viewer = LimitedUser.of(server, "Viewer");
        assertThat(viewer.post(PATH, "{\"kind\": \"hadoop\", \"location\": \"" + root + "\"}")
                        .status())
                .isEqualTo(403);
        assertThat(server.get(PATH + "/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(server.delete(PATH + "/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    private static String refusal(String body) {
        Reply reply = server.post(PATH, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        return reply.body();
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
