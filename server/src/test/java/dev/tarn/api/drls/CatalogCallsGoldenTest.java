package dev.tarn.api.drls;

import static dev.tarn.api.drls.DrlsTable.SERVER;
import static dev.tarn.api.drls.DrlsTable.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /api/health}, {@code /api/tables}, and what the contract tells of one table. */
class CatalogCallsGoldenTest {
    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void healthNeedsNoKey() {
        Reply reply = SERVER.send("GET", "/api/health", null);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void tablesAreListedByNameAndViewsAreNone() {
        DrlsTable table = DrlsTable.with("id BIGINT");
        table.sql("CREATE VIEW " + table.namespace() + ".seen AS SELECT id FROM " + table.path());
        table.sql("CREATE TABLE " + table.namespace() + ".\"my users\" (id BIGINT)");
        table.sql("CREATE SCHEMA " + table.namespace() + "_empty");

        JsonNode listed = SERVER.get("/api/tables").json();
        assertThat(List.copyOf(listed.propertyNames())).containsExactly("namespaces", "tables");
        assertThat(texts(listed.get("namespaces")))
                .contains(table.namespace(), table.namespace() + "_empty")
                .isSorted();
        assertThat(texts(listed.get("tables")))
                .filteredOn(name -> name.startsWith(table.namespace()))
                .containsExactly(table.path(), table.namespace() + ".\"my users\"");
        String quoted = URLEncoder.encode(table.namespace() + ".\"my users\"", StandardCharsets.UTF_8)
                .replace("+", "%20");
        assertThat(SERVER.get("/api/table/" + quoted + "/schema").status()).isEqualTo(200);
    }

    @Test
    void whoSeesNothingIsListedNothing() {
        DrlsTable table = DrlsTable.with("id BIGINT, secret BIGINT");
        LimitedUser user = LimitedUser.of(SERVER);
        JsonNode none = user.get("/api/tables").json();
        assertThat(none).hasToString("{\"namespaces\":[],\"tables\":[]}");
        refused(user.get("/api/table/" + table.path() + "/schema"), 404);

        user.reads("iceberg." + table.path(), List.of("id"), null);
        JsonNode one = user.get("/api/tables").json();
        assertThat(one)
                .hasToString(
                        "{\"namespaces\":[\"%s\"],\"tables\":[\"%s\"]}".formatted(table.namespace(), table.path()));
        assertThat(user.get("/api/table/" + table.path() + "/schema").json().get("columns"))
                .hasSize(1);
    }

    @Test
    void aSchemaIsTheContractsOwn() {
        DrlsTable table = DrlsTable.with("id BIGINT NOT NULL, ts TIMESTAMP");
        for (String name : List.of(table.path(), table.name(), "iceberg." + table.path(), "DRLS." + table.path())) {
            Reply reply = SERVER.get("/api/table/" + name + "/schema");
            assertThat(reply.body())
                    .isEqualTo("{\"success\":true,\"table\":\"" + name
                            + "\",\"columns\":[{\"name\":\"id\",\"type\":\"bigint\",\"nullable\":false,\"comment\":null},"
                            + "{\"name\":\"ts\",\"type\":\"timestamp\",\"nullable\":true,\"comment\":null}]}");
        }
    }

    @Test
    void typesAreLowerCaseAndNamesInsideStay() {
        DrlsTable table = DrlsTable.with(
                "\"Id\" INT COMMENT 'The ID', price DECIMAL(10,2), tags VARCHAR[], m MAP(VARCHAR, DOUBLE), "
                        + "s STRUCT(\"Name\" VARCHAR, \"A B\" DATE), z TIMESTAMP WITH TIME ZONE");
        assertThat(table.columns())
                .extracting(column ->
                        column.get("name").asString() + " " + column.get("type").asString())
                .containsExactly(
                        "Id int",
                        "price decimal(10,2)",
                        "tags array<string>",
                        "m map<string, double>",
                        "s struct<Name: string, \"A B\": date>",
                        "z timestamptz");
        assertThat(table.columns().get(0).get("comment").asString()).isEqualTo("The ID");
    }

    @Test
    void theHistoryIsNewestFirstAndKnowsWhatWasWhen() throws InterruptedException {
        DrlsTable table = DrlsTable.with("id BIGINT");
        refused(SERVER.get("/api/table/" + table.path() + "/snapshot-at?timestamp=2001-01-01"), 404);
        table.sql("INSERT INTO " + table.path() + " VALUES (1)");
        Thread.sleep(20); // the two are of different moments
        table.sql("INSERT INTO " + table.path() + " VALUES (2), (3)");

        JsonNode history = SERVER.get("/api/table/" + table.name() + "/history").json();
        assertThat(List.copyOf(history.propertyNames())).containsExactly("success", "table", "snapshots");
        assertThat(history.get("table").asString()).isEqualTo(table.name());
        JsonNode newest = history.get("snapshots").get(0);
        assertThat(List.copyOf(newest.propertyNames()))
                .containsExactly(
                        "snapshot_id",
                        "parent_id",
                        "committed_at",
                        "operation",
                        "current",
                        "added_rows",
                        "deleted_rows",
                        "total_rows",
                        "total_bytes");
        assertThat(newest.get("snapshot_id").isIntegralNumber()).isTrue();
        assertThat(newest.get("operation").asString()).isEqualTo("append");
        assertThat(newest.get("current").asBoolean()).isTrue();
        assertThat(newest.get("total_rows").asLong()).isEqualTo(3);
        JsonNode older = history.get("snapshots").get(1);
        assertThat(newest.get("parent_id")).isEqualTo(older.get("snapshot_id"));

        Instant first = Instant.parse(older.get("committed_at").asString());
        for (String time : List.of(
                first.toString(),
                String.valueOf(first.toEpochMilli()),
                first.plusMillis(1).toString())) {
            JsonNode then = SERVER.get("/api/table/" + table.path() + "/snapshot-at?timestamp=" + time)
                    .json();
            assertThat(List.copyOf(then.propertyNames())).containsExactly("success", "table", "snapshot");
            assertThat(then.at("/snapshot/snapshot_id")).as(time).isEqualTo(older.get("snapshot_id"));
        }
        refused(SERVER.get("/api/table/" + table.path() + "/snapshot-at?timestamp=yesterday"), 400);
        refused(SERVER.get("/api/table/" + table.path() + "/snapshot-at"), 400);
    }

    @Test
    void whatIsNotThereIsToldInTheContractsShape() {
        DrlsTable table = DrlsTable.with("id BIGINT");
        table.sql("CREATE VIEW " + table.namespace() + ".seen AS SELECT id FROM " + table.path());
        assertThat(refused(SERVER.get("/api/table/" + table.namespace() + ".event/schema"), 404))
                .contains("did you mean iceberg." + table.path());
        refused(SERVER.get("/api/table/no_such_namespace.event/schema"), 404);
        refused(SERVER.get("/api/table/a..b/schema"), 400);
        refused(SERVER.get("/api/table/" + table.namespace() + ".seen/schema"), 400);
        refused(SERVER.get("/api/table/" + table.path()), 404);
        refused(SERVER.get("/api/no-such-call"), 404);
        refused(SERVER.delete("/api/tables"), 405);
        refused(SERVER.send("GET", "/api/tables", null), 401);
    }
}
