package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/tables/{name}}: what is said about a table, its versions, its end. */
class TableGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();

    @Test
    void descriptionTagsAndColumnsAreSaidAndTakenBack() {
        String table = SampleTables.make(SERVER, "id,amount\n1,10.50\n");
        JsonNode before = SERVER.get("/tarn/v1/tables/" + table).json();
        assertThat(before.get("description").isNull()).isTrue();
        assertThat(before.get("tags")).isEmpty();

        Reply said = SERVER.patch("/tarn/v1/tables/" + table, """
                {"description": "All that was ordered", "tags": ["sales", "daily"],
                 "columns": {"amount": {"description": "in euros"}}}""");
        assertThat(said.status()).as(said.body()).isEqualTo(200);
        assertThat(said.json()).isEqualTo(SERVER.get("/tarn/v1/tables/" + table).json());
        assertThat(said.json().get("description").asString()).isEqualTo("All that was ordered");
        assertThat(said.json().get("tags")).hasToString("[\"sales\",\"daily\"]");
        assertThat(said.json().get("columns").get(1).get("comment").asString()).isEqualTo("in euros");
        // Tags are the table's own, and none of another that is made like it.
        Reply like = SERVER.post(
                "/v1/sql/execute", "{\"statement\": \"CREATE TABLE %s_like LIKE %s\"}".formatted(table, table));
        assertThat(like.status()).as(like.body()).isEqualTo(200);
        assertThat(SERVER.get("/tarn/v1/tables/" + table + "_like").json().get("tags"))
                .isEmpty();
        assertThat(said.json().get("snapshot_id")).isEqualTo(before.get("snapshot_id"));

        JsonNode less = SERVER.patch("/tarn/v1/tables/" + table, "{\"description\": null}")
                .json();
        assertThat(less.get("description").isNull()).isTrue();
        assertThat(less.get("tags")).hasSize(2);
        JsonNode none = SERVER.patch(
                        "/tarn/v1/tables/" + table,
                        "{\"tags\": [], \"columns\": {\"amount\": {\"description\": null}}}")
                .json();
        assertThat(none.get("columns").get(1).get("comment").isNull()).isTrue();
        assertThat(none.get("tags")).isEmpty();
    }

    @Test
    void anEarlierVersionBecomesTheNewestAgain() {
        String table = SampleTables.make(SERVER, "id\n1\n");
        String first =
                SERVER.get("/tarn/v1/tables/" + table).json().get("snapshot_id").asString();
        SERVER.post("/v1/sql/execute", "{\"statement\": \"DELETE FROM %s\"}".formatted(table));

        Reply back = SERVER.post("/tarn/v1/tables/" + table + "/rollback", "{\"snapshot_id\": \"" + first + "\"}");
        assertThat(back.status()).as(back.body()).isEqualTo(200);
        assertThat(back.json().get("snapshot_id").asString()).isEqualTo(first);
        assertThat(back.json().get("row_count").asInt()).isEqualTo(1);
        for (String wrong : List.of("{}", "{\"snapshot_id\": \"one\"}", "{\"snapshot_id\": \"9999999999999999999\"}")) {
            assertThat(SERVER.post("/tarn/v1/tables/" + table + "/rollback", wrong)
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(SERVER.post("/tarn/v1/tables/" + table + "/rollback", "{\"snapshot_id\": \"7\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatCannotBeSaidIsRefusedAndNothingChanges() {
        String table = SampleTables.make(SERVER, "id\n1\n");
        for (String wrong : List.of(
                "{\"description\": 7}",
                "{\"tags\": \"sales\"}",
                "{\"tags\": [\"a\", \"a\"]}",
                "{\"tags\": [\" \"]}",
                "{\"columns\": {\"ID\": {\"description\": \"x\"}}}",
                "{\"columns\": {\"id\": \"x\"}}",
                "{\"columns\": []}",
                "{\"description\": \"" + "x".repeat(10_001) + "\"}")) {
            Reply reply = SERVER.patch("/tarn/v1/tables/" + table, wrong);
            assertThat(reply.status()).as(wrong + reply.body()).isEqualTo(400);
        }
        assertThat(SERVER.get("/tarn/v1/tables/" + table)
                        .json()
                        .get("description")
                        .isNull())
                .isTrue();
        assertThat(SERVER.patch("/tarn/v1/tables/" + table + "x", "{}").status())
                .isEqualTo(404);
    }

    @Test
    void versionsAreListedNewestFirst() {
        String table = SampleTables.make(SERVER, "id\n1\n2\n");
        SampleTables.load(SERVER, table, "append", "id\n3\n");
        SampleTables.load(SERVER, table, "replace", "id\n4\n");

        JsonNode all = SERVER.get("/tarn/v1/tables/" + table + "/snapshots").json();
        JsonNode snapshots = all.get("snapshots");
        assertThat(snapshots).hasSize(3);
        assertThat(List.copyOf(snapshots.get(0).propertyNames()))
                .containsExactly(
                        "snapshot_id",
                        "parent_id",
                        "committed_at",
                        "operation",
                        "current",
                        "added_rows",
                        "deleted_rows",
                        "added_files",
                        "total_rows",
                        "total_bytes",
                        "engine");
        assertThat(snapshots.get(0).get("current").asBoolean()).isTrue();
        assertThat(snapshots.get(0).get("operation").asString()).isEqualTo("overwrite");
        assertThat(snapshots.get(0).get("total_rows").asLong()).isEqualTo(1);
        assertThat(snapshots.get(1).get("added_rows").asLong()).isEqualTo(1);
        assertThat(snapshots.get(1).get("parent_id")).isEqualTo(snapshots.get(2).get("snapshot_id"));
        assertThat(snapshots.get(2).get("parent_id").isNull()).isTrue();

        JsonNode first =
                SERVER.get("/tarn/v1/tables/" + table + "/snapshots?limit=2").json();
        assertThat(first.get("snapshots")).hasSize(2);
        JsonNode rest = SERVER.get("/tarn/v1/tables/" + table + "/snapshots?cursor="
                        + first.get("next_cursor").asString())
                .json();
        assertThat(rest.get("snapshots").get(0)).isEqualTo(snapshots.get(2));
        assertThat(rest.get("next_cursor").isNull()).isTrue();
    }

    @Test
    void aDroppedTableIsGone() {
        String table = SampleTables.make(SERVER, "id\n1\n");
        assertThat(SERVER.delete("/tarn/v1/tables/" + table).status()).isEqualTo(204);
        assertThat(SERVER.get("/tarn/v1/tables/" + table).status()).isEqualTo(404);
        assertThat(SERVER.delete("/tarn/v1/tables/" + table).status()).isEqualTo(404);
    }
}
