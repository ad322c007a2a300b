package dev.tarn.api.drls;

import static dev.tarn.api.drls.DrlsTable.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import dev.tarn.adoption.HadoopLake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code /api/config}: our own catalog, a folder of Iceberg's own hadoop catalog, and another server's REST catalog. */
class DrlsConfigurationGoldenTest {
    @TempDir
    private static Path root;

    private static RunningServer server;
    private static RunningServer other;
    private static String ours;
    private static String mine;

    @BeforeAll
    static void start() {
        server = RunningServer.start("tarn.storage.roots=" + root, "tarn.outbound.allow-private=127.0.0.1");
        other = RunningServer.start("tarn.storage.roots=" + root);
        ours =
                "{\"configured\":true,\"catalog_type\":\"rest\",\"warehouse\":\"iceberg\",\"catalog_name\":\"drls\",\"uri\":\""
                        + server.address() + "/iceberg\",\"extra_props\":{}}";
        mine = SampleTables.make(server, "id\n1\n");
        try (HadoopLake lake = new HadoopLake(root.resolve("lake"))) {
            lake.table("db.events", 1, 2, 3);
            lake.table("db.deep.more", 1);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
        other.close();
    }

    @AfterEach
    void ourOwnAgain() {
        assertThat(server.put("/api/config", ours).body()).isEqualTo(ours);
    }

    private static String hadoop(String folder) {
        return "{\"catalog_type\":\"hadoop\",\"warehouse\":\"" + folder
                + "\",\"catalog_name\":\"drls\",\"uri\":null,\"extra_props\":{}}";
    }

    private static String rest(String uri, String properties) {
        return "{\"catalog_type\":\"rest\",\"warehouse\":\"iceberg\",\"catalog_name\":\"lake\",\"uri\":\"" + uri
                + "\",\"extra_props\":" + properties + "}";
    }

    private static String mount(String body) {
        Reply reply = server.put("/api/config", body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(server.get("/api/config").body()).isEqualTo(reply.body());
        return reply.body();
    }

    private static List<String> listed() {
        return server.get("/api/tables")
                .json()
                .get("tables")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void ourOwnIsShownAsARestCatalogAndRecognised() {
        assertThat(server.get("/api/config").body()).isEqualTo(ours);
        for (String uri : List.of(
                "localhost:" + server.address().getPort() + "/iceberg/",
                "127.0.0.1:" + server.address().getPort() + "/iceberg/v1")) {
            String body = "{\"catalog_type\":\"REST\",\"warehouse\":null,\"uri\":\"http://" + uri
                    + "\",\"extra_props\":null}";
            assertThat(mount(body)).isEqualTo(ours);
        }
        String named = mount(ours.replace("\"drls\"", "\"prod\""));
        assertThat(named).contains("\"catalog_name\":\"prod\"");
        String table = mine.substring("iceberg.".length());
        for (String name : List.of("prod." + table, "drls." + table, table, mine)) {
            assertThat(server.get("/api/table/" + name + "/schema").status())
                    .as(name)
                    .isEqualTo(200);
        }
        refused(server.put("/api/config", ours.replace("\"iceberg\"", "\"lake\"")), 400);
        refused(server.put("/api/config", ours.replace("{}", "{\"token\":\"x\"}")), 400);
    }

    @Test
    void aHadoopCatalogIsShownAndLeftAsItIs() {
        Map<Path, String> before = HadoopLake.files(root.resolve("lake"));
        String folder = root.resolve("lake").toString();
        assertThat(mount(hadoop(folder)))
                .isEqualTo("{\"configured\":true,\"catalog_type\":\"hadoop\",\"warehouse\":\"" + folder
                        + "\",\"catalog_name\":\"drls\",\"uri\":null,\"extra_props\":{}}");

        assertThat(server.get("/api/tables").body())
                .isEqualTo("{\"namespaces\":[\"db\",\"db.deep\"],\"tables\":[\"db.events\",\"db.deep.more\"]}");
        assertThat(server.get("/api/table/drls.db.events/schema").body())
                .isEqualTo("{\"success\":true,\"table\":\"drls.db.events\",\"columns\":"
                        + "[{\"name\":\"n\",\"type\":\"bigint\",\"nullable\":true,\"comment\":null}]}");
        JsonNode history = server.get("/api/table/db.events/history").json().get("snapshots");
        assertThat(history).hasSize(3);
        JsonNode at = server.get("/api/table/db.events/snapshot-at?timestamp=2999-01-01")
                .json();
        assertThat(at.at("/snapshot/snapshot_id")).isEqualTo(history.get(0).get("snapshot_id"));
        JsonNode health = server.get("/api/table/db.events/health").json();
        assertThat(health.get("data_file_count").asInt()).isEqualTo(3);
        assertThat(health.get("snapshot_count").asInt()).isEqualTo(3);
        assertThat(health.get("total_size_bytes").asLong()).isPositive();

        refused(server.get("/api/table/db.nothing/schema"), 404);
        refused(server.get("/api/table/%22..%22.lake/schema"), 400);
        refused(server.get("/api/table/db.%22..%22/schema"), 404);
        refused(server.get("/api/table/" + mine.substring("iceberg.".length()) + "/schema"), 404);
        assertThat(server.get("/api/table/" + mine + "/schema").status()).isEqualTo(200);
        assertThat(refused(
                        server.post("/api/evolve/drop-column", "{\"table\":\"drls.db.events\",\"name\":\"n\"}"), 400))
                .contains("never changed");
        assertThat(HadoopLake.files(root.resolve("lake"))).isEqualTo(before);
    }

    @Test
    void anotherServersRestCatalogIsShownAndItsSecretIsKept() {
        String theirs = SampleTables.make(other, "id,name\n1,a\n").substring("iceberg.".length());
        String uri = other.address() + "/iceberg";
        String shown = mount(rest(uri, "{\"token\":\"" + other.key() + "\"}"));
        assertThat(shown)
                .isEqualTo(
                        "{\"configured\":true,\"catalog_type\":\"rest\",\"warehouse\":\"iceberg\",\"catalog_name\":\"lake\","
                                + "\"uri\":\"" + uri + "\",\"extra_props\":{\"token\":\"********\"}}");
        assertThat(listed()).containsExactly(theirs);
        for (String name : List.of(theirs, "lake." + theirs, "drls." + theirs)) {
            Reply schema = server.get("/api/table/" + name + "/schema");
            assertThat(schema.status()).as(schema.body()).isEqualTo(200);
            assertThat(schema.json().get("columns")).hasSize(2);
        }
        assertThat(server.get("/api/table/" + theirs + "/history").json().get("snapshots"))
                .hasSize(1);
        assertThat(refused(server.get("/api/table/" + theirs + "/health"), 400)).contains("tarn.storage.roots");
        refused(server.get("/api/table/db.nothing/schema"), 404);

        mount(shown); // the mask stands for the token
        assertThat(listed()).containsExactly(theirs);
        assertThat(refused(server.put("/api/config", shown.replace(uri, uri + "/elsewhere")), 400))
                .contains("masked");
        assertThat(listed()).containsExactly(theirs);
        mount(ours);
        assertThat(refused(server.put("/api/config", shown), 400)).contains("masked");
    }

    @Test
    void whatIsWrongIsNamedAndNothingChanges() {
        mount(hadoop(root.resolve("lake").toString()));
        String before = server.get("/api/config").body();
        String uri = other.address() + "/iceberg";
        Map<String, String> wrong = Map.ofEntries(
                Map.entry(hadoop("/etc"), "tarn.storage.roots"),
                Map.entry(hadoop(server.home().toString()), "tarn.storage.roots"),
                Map.entry(hadoop(root.resolve("nothing").toString()), "There is no folder"),
                Map.entry(hadoop(""), "folder as warehouse"),
                Map.entry(hadoop("/x").replace("\"uri\":null", "\"uri\":\"http://x\""), "no uri"),
                Map.entry(rest(uri, "{\"token\":\"wrong\"}"), "status 401"),
                Map.entry(rest("http://127.0.0.1:1/iceberg", "{}"), "nothing answers"),
                Map.entry(rest("http://10.0.0.1/iceberg", "{}"), "tarn.outbound.allow-private"),
                Map.entry(rest("file:///etc/passwd", "{}"), "cannot be called"),
                Map.entry(rest(uri, "{\"io-impl\":\"org.apache.iceberg.aws.s3.S3FileIO\"}"), "io-impl"),
                Map.entry(rest(uri, "{\"token\":\"a\",\"credential\":\"b:c\"}"), "one of both"),
                Map.entry(rest(uri, "{\"token\":1}"), "extra_props"),
                Map.entry(rest(uri, "{}").replace("\"lake\"", "\"iceberg\""), "choose another"),
                Map.entry(rest(uri, "{}").replace("\"lake\"", "\"a.b\""), "letters, digits"),
                Map.entry("{\"catalog_type\":\"hive\"}", "Hive metastore"),
                Map.entry("{\"catalog_type\":\"glue\"}", "glue"),
                Map.entry("{\"catalog_type\":\"nessie\"}", "choose rest"),
                Map.entry("{\"catalog_type\":\"other\"}", "hadoop, rest and polaris"),
                Map.entry("{}", "catalog_type"),
                Map.entry("[]", "type"));
        wrong.forEach((body, part) -> assertThat(refused(server.put("/api/config", body), 400))
                .as(body)
                .contains(part));
        assertThat(server.get("/api/config").body()).isEqualTo(before);
    }

    @Test
    void anAuditorLooksAndAnAdministratorAloneChanges() {
        LimitedUser auditor = LimitedUser.of(server, "Auditor");
        LimitedUser viewer = LimitedUser.of(server);
        assertThat(auditor.get("/api/config").body()).isEqualTo(ours);
        refused(viewer.get("/api/config"), 403);
        for (String role : List.of("Auditor", "DataEngineer", "LeadDataEngineer")) {
            Reply reply = server.send(
                    "PUT",
                    "/api/config",
                    ours,
                    "Authorization",
                    "Bearer " + LimitedUser.of(server, role).key(),
                    "Content-Type",
                    "application/json");
            refused(reply, 403);
        }
        mount(hadoop(root.resolve("lake").toString()));
        assertThat(auditor.get("/api/table/db.events/health").status()).isEqualTo(200);
        assertThat(viewer.get("/api/tables").body()).isEqualTo("{\"namespaces\":[],\"tables\":[]}");
        refused(viewer.get("/api/table/db.events/schema"), 404);
        String secondTenants = server.keyOfAnotherTenant();
        Reply theirs = server.send("GET", "/api/config", null, "Authorization", "Bearer " + secondTenants);
        assertThat(theirs.body()).isEqualTo(ours);
    }
}
