package dev.tarn.api.drls;

import static dev.tarn.api.drls.DrlsTable.SERVER;
import static dev.tarn.api.drls.DrlsTable.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /api/evolve/*}, tags and branches: the contract's own requests, and ours in its style. */
class EvolutionGoldenTest {
    private static final String ADD = """
            {"table": "drls.db.events", "name": "source", "type": "STRING", "after": "ts", "comment": "Event source"}""";

    private static DrlsTable events() {
        return DrlsTable.with("id BIGINT NOT NULL, ts TIMESTAMP, payload STRING");
    }

    private static List<String> names(JsonNode columns) {
        return columns.valueStream()
                .map(column -> column.get("name").asString())
                .toList();
    }

    @Test
    void theContractsOwnRequests() {
        DrlsTable table = events();
        JsonNode added = table.done("/api/evolve/add-column", "add_column", ADD);
        assertThat(added.get("job_id").isNull()).isTrue();
        assertThat(added.get("columns"))
                .hasToString("[{\"name\":\"id\",\"type\":\"bigint\",\"nullable\":false,\"comment\":null},"
                        + "{\"name\":\"ts\",\"type\":\"timestamp\",\"nullable\":true,\"comment\":null},"
                        + "{\"name\":\"source\",\"type\":\"string\",\"nullable\":true,\"comment\":\"Event source\"},"
                        + "{\"name\":\"payload\",\"type\":\"string\",\"nullable\":true,\"comment\":null}]");
        assertThat(table.columns()).isEqualTo(added.get("columns"));

        JsonNode renamed = table.done("/api/evolve/rename-column", "rename_column", """
                {"table": "drls.db.events", "old_name": "payload", "new_name": "data"}""");
        assertThat(names(renamed.get("columns"))).containsExactly("id", "ts", "source", "data");

        JsonNode dropped = table.done("/api/evolve/drop-column", "drop_column", """
                {"table": "drls.db.events", "name": "source"}""");
        assertThat(names(dropped.get("columns"))).containsExactly("id", "ts", "data");
        assertThat(names(table.columns())).containsExactly("id", "ts", "data");
    }

    @Test
    void nullIsAsAbsentAndUnknownFieldsAreLeftAlone() {
        DrlsTable table = events();
        JsonNode added = table.done("/api/evolve/add-column", "add_column", """
                {"table": "drls.db.events", "name": "n", "type": "decimal(10, 2)", "after": null, "comment": null, "x": 1}""");
        assertThat(added.at("/columns/3"))
                .hasToString("{\"name\":\"n\",\"type\":\"decimal(10,2)\",\"nullable\":true,\"comment\":null}");
        for (String type :
                List.of("VARCHAR[]", "array<int>", "struct<a: int>", "MAP(VARCHAR, DOUBLE)", "timestamptz")) {
            table.done(
                    "/api/evolve/add-column",
                    "add_column",
                    "{\"table\": \"drls.db.events\", \"name\": \"c%s\", \"type\": \"%s\"}"
                            .formatted(Integer.toHexString(type.hashCode()), type));
        }
    }

    @Test
    void aColumnIsWidenedRelaxedAndDescribedAtOnce() {
        DrlsTable table = DrlsTable.with("id INT NOT NULL, ts TIMESTAMP");
        JsonNode altered = table.done("/api/evolve/alter-column", "alter_column", """
                {"table": "drls.db.events", "name": "id", "type": "BIGINT", "nullable": true, "comment": "Number"}""");
        assertThat(altered.at("/columns/0"))
                .hasToString("{\"name\":\"id\",\"type\":\"bigint\",\"nullable\":true,\"comment\":\"Number\"}");
        table.done("/api/evolve/alter-column", "alter_column", """
                {"table": "drls.db.events", "name": "id", "comment": ""}""");
        assertThat(table.columns().at("/0/comment").isNull()).isTrue();
        refused(table.post("/api/evolve/alter-column", """
                {"table": "drls.db.events", "name": "id", "type": "INT"}"""), 400);
        refused(table.post("/api/evolve/alter-column", """
                {"table": "drls.db.events", "name": "id", "nullable": null}"""), 400);
        JsonNode moved = table.done("/api/evolve/reorder-column", "reorder_column", """
                {"table": "drls.db.events", "name": "id", "after": "ts"}""");
        assertThat(names(moved.get("columns"))).containsExactly("ts", "id");
        table.done("/api/evolve/reorder-column", "reorder_column", """
                {"table": "drls.db.events", "name": "id", "first": true}""");
        assertThat(names(table.columns())).containsExactly("id", "ts");
        refused(table.post("/api/evolve/reorder-column", """
                {"table": "drls.db.events", "name": "id"}"""), 400);
    }

    @Test
    void partitionFieldsComeAndGo() {
        DrlsTable table = events();
        JsonNode added = table.done("/api/evolve/add-partition-field", "add_partition_field", """
                {"table": "drls.db.events", "column": "ts", "transform": "day"}""");
        assertThat(added.get("partition_fields")).hasToString("[\"days(ts)\"]");
        JsonNode more = table.done("/api/evolve/add-partition-field", "add_partition_field", """
                {"table": "drls.db.events", "column": "id", "transform": "bucket(16)", "name": "shard"}""");
        assertThat(more.get("partition_fields")).hasToString("[\"days(ts)\",\"bucket(16, id)\"]");
        JsonNode dropped = table.done("/api/evolve/drop-partition-field", "drop_partition_field", """
                {"table": "drls.db.events", "name": "shard"}""");
        assertThat(dropped.get("partition_fields")).hasToString("[\"days(ts)\"]");
        table.done("/api/evolve/drop-partition-field", "drop_partition_field", """
                {"table": "drls.db.events", "column": "ts", "transform": "days"}""");
        for (String wrong : List.of("week", "bucket", "bucket[0]", "day[3]", "")) {
            String body = "{\"table\": \"drls.db.events\", \"column\": \"id\", \"transform\": \"%s\"}".formatted(wrong);
            int status = table.post("/api/evolve/add-partition-field", body).status();
            assertThat(status).as(wrong).isEqualTo(wrong.isEmpty() ? 200 : 400);
        }
    }

    @Test
    void snapshotsAreNamed() {
        DrlsTable table = events();
        table.sql("INSERT INTO " + table.path() + " VALUES (1, NULL, 'a')");
        JsonNode first = table.done("/api/tag", "tag", "{\"table\": \"drls.db.events\", \"name\": \"monday\"}");
        long snapshot = first.get("snapshot_id").asLong();
        assertThat(first.get("name").asString()).isEqualTo("monday");
        table.sql("INSERT INTO " + table.path() + " VALUES (2, NULL, 'b')");
        for (String id : List.of(String.valueOf(snapshot), "\"" + snapshot + "\"")) {
            String name = id.startsWith("\"") ? "text" : "number";
            JsonNode branch = table.done(
                    "/api/branch",
                    "branch",
                    "{\"table\": \"drls.db.events\", \"name\": \"%s\", \"snapshot_id\": %s}".formatted(name, id));
            assertThat(branch.get("snapshot_id").asLong()).isEqualTo(snapshot);
        }
        assertThat(table.sql("SELECT count(*) AS n FROM " + table.path() + " VERSION AS OF 'monday'")
                        .at("/0/n")
                        .asLong())
                .isEqualTo(1);
        refused(table.post("/api/tag", "{\"table\": \"drls.db.events\", \"name\": \"monday\"}"), 409);
        refused(table.post("/api/tag", "{\"table\": \"drls.db.events\", \"name\": \"x\", \"snapshot_id\": 1}"), 404);
        refused(table.post("/api/tag", "{\"table\": \"drls.db.events\", \"name\": \"x\", \"snapshot_id\": 1.5}"), 400);
    }

    @Test
    void aTableGoesBackToAnEarlierSnapshot() {
        DrlsTable table = events();
        table.sql("INSERT INTO " + table.path() + " VALUES (1, NULL, 'a')");
        JsonNode history = SERVER.get("/api/table/" + table.path() + "/history").json();
        String before = history.at("/snapshots/0/snapshot_id").asString();
        table.sql("INSERT INTO " + table.path() + " VALUES (2, NULL, 'b')");
        JsonNode details = table.done(
                "/api/rollback", "rollback", "{\"table\": \"drls.db.events\", \"snapshot_id\": %s}".formatted(before));
        assertThat(details).hasToString("{\"rolled_back_to\":%s,\"job_id\":null}".formatted(before));
        assertThat(table.sql("SELECT count(*) AS n FROM " + table.path())
                        .at("/0/n")
                        .asLong())
                .isEqualTo(1);
        assertThat(refused(table.post("/api/rollback", "{\"table\": \"drls.db.events\"}"), 400))
                .contains("snapshot_id");
        refused(table.post("/api/rollback", "{\"table\": \"drls.db.events\", \"snapshot_id\": 1}"), 404);
    }

    @Test
    void whatIsWrongIsRefusedInTheContractsShapeAndChangesNothing() {
        DrlsTable table = events();
        String before = table.columns().toString();
        String path = "/api/evolve/add-column";
        refused(table.post(path, "{"), 400);
        refused(table.post(path, ""), 400);
        refused(table.post(path, "[]"), 400);
        refused(table.post(path, "{\"table\": 1}"), 400);
        assertThat(refused(table.post(path, "{\"name\": \"a\", \"type\": \"int\"}"), 400))
                .contains("table");
        assertThat(refused(table.post(path, "{\"table\": \"drls.db.events\", \"type\": \"int\"}"), 400))
                .contains("name");
        assertThat(refused(table.post(path, "{\"table\": \"drls.db.events\", \"name\": \"a\"}"), 400))
                .contains("type");
        refused(table.post(path, "{\"table\": \"drls.db.events\", \"name\": \"a\", \"type\": \"no type\"}"), 400);
        refused(
                table.post(
                        path, "{\"table\": \"drls.db.events\", \"name\": \"a\", \"type\": \"int\", \"after\": \"b\"}"),
                400);
        refused(table.post(path, "{\"table\": \"drls.db.events\", \"name\": \"ID\", \"type\": \"int\"}"), 409);
        refused(table.post(path, "{\"table\": \"drls.db.nothing\", \"name\": \"a\", \"type\": \"int\"}"), 404);
        refused(table.post("/api/evolve/drop-column", "{\"table\": \"drls.db.events\", \"name\": \"b\"}"), 400);
        refused(
                table.post(
                        "/api/evolve/rename-column",
                        "{\"table\": \"drls.db.events\", \"old_name\": \"payload\", \"new_name\": \"id\"}"),
                409);
        refused(SERVER.get(path), 405);
        assertThat(table.columns()).hasToString(before);
    }

    @Test
    void evolutionNeedsALeadDataEngineer() {
        DrlsTable table = events();
        String body = ADD.replace("drls.db.events", table.name());
        for (String role : List.of("Auditor", "DataEngineer", "Analyst")) {
            assertThat(refused(LimitedUser.of(SERVER, role).post("/api/evolve/add-column", body), 403))
                    .contains("manage table:iceberg." + table.path());
        }
        assertThat(LimitedUser.of(SERVER, "LeadDataEngineer")
                        .post("/api/evolve/add-column", body)
                        .status())
                .isEqualTo(200);
    }
}
