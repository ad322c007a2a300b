package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How tables are looked after: what is said of a table, its namespace and the tenant, and what holds. */
class UpkeepPoliciesGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();

    @AfterAll
    static void silence() {
        SERVER.put("/tarn/v1/upkeep/policy", "{}");
    }

    @Test
    void whatIsSaidNearerHoldsBeforeWhatIsSaidFarther() {
        String table = SampleTables.make(SERVER, "id\n1\n");
        String namespace = table.substring("iceberg.".length(), table.lastIndexOf('.'));
        assertThat(holds("/tarn/v1/tables/" + table + "/upkeep-policy", "compact_small_files"))
                .isEqualTo("20");

        put("/tarn/v1/upkeep/policy", "{\"compact_small_files\": 30, \"zone\": \"Europe/Berlin\"}");
        put("/tarn/v1/namespaces/" + namespace + "/upkeep-policy", "{\"compact_small_files\": 40, \"expire\": false}");
        JsonNode said = put("/tarn/v1/tables/" + table + "/upkeep-policy", "{\"expire\": true, \"enabled\": null}");

        assertThat(said.get("place").asString()).isEqualTo(table);
        assertThat(said.get("policy")).hasToString("{\"expire\":true}");
        String own = "/tarn/v1/tables/" + table + "/upkeep-policy";
        assertThat(List.of(
                        holds(own, "compact_small_files"),
                        holds(own, "zone"),
                        holds(own, "expire"),
                        holds(own, "enabled"),
                        holds(own, "schedule")))
                .containsExactly("40", "Europe/Berlin", "true", "true", "null");
        assertThat(holds("/tarn/v1/namespaces/" + namespace + "/upkeep-policy", "expire"))
                .isEqualTo("false");
        assertThat(holds("/tarn/v1/upkeep/policy", "compact_small_files")).isEqualTo("30");

        // It follows the table to a new name, and an empty one says nothing any more.
        Reply renamed = SERVER.post(
                "/v1/sql/execute", "{\"statement\": \"ALTER TABLE %s RENAME TO %s_new\"}".formatted(table, table));
        assertThat(renamed.status()).as(renamed.body()).isEqualTo(200);
        assertThat(holds("/tarn/v1/tables/" + table + "_new/upkeep-policy", "expire"))
                .isEqualTo("true");
        put("/tarn/v1/tables/" + table + "_new/upkeep-policy", "{}");
        assertThat(holds("/tarn/v1/tables/" + table + "_new/upkeep-policy", "expire"))
                .isEqualTo("false");
    }

    @Test
    void whatCannotBeIsRefusedInWords() {
        for (String wrong : List.of(
                "{\"compact_small_files\": 0}",
                "{\"compact_small_files\": 1.5}",
                "{\"compact_small_files\": \"20\"}",
                "{\"compact_delete_ratio\": 2}",
                "{\"expire\": \"no\"}",
                "{\"schedule\": \"whenever\"}",
                "{\"zone\": \"Mars/Olympus\"}",
                "{\"quiet_from\": \"25:00\"}",
                "{\"cleverness\": 3}",
                "[]",
                "{")) {
            Reply refused = SERVER.put("/tarn/v1/upkeep/policy", wrong);
            assertThat(refused.status()).as(wrong + refused.body()).isEqualTo(400);
            assertThat(refused.json().get("detail").asString()).as(wrong).isNotBlank();
        }
        assertThat(SERVER.put("/tarn/v1/tables/no.such/upkeep-policy", "{}").status())
                .isEqualTo(404);
        assertThat(SERVER.get("/tarn/v1/namespaces/nosuch/upkeep-policy").status())
                .isEqualTo(404);
    }

    private static JsonNode put(String path, String policy) {
        Reply reply = SERVER.put(path, policy);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static String holds(String path, String setting) {
        Reply reply = SERVER.get(path);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json()
                .get("holds")
                .valueStream()
                .filter(held -> held.get("name").asString().equals(setting))
                .map(held -> held.get("value").asString("null"))
                .findFirst()
                .orElseThrow();
    }
}
