package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/dropped-tables}. */
class DroppedTablesGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();

    private static String dropped() {
        String table = SampleTables.make(SERVER, "id\n1\n");
        assertThat(SERVER.delete("/tarn/v1/tables/" + table).status()).isEqualTo(204);
        return table;
    }

    private static JsonNode listed(String table) {
        for (JsonNode one :
                SERVER.get("/tarn/v1/dropped-tables?limit=1000").json().get("tables")) {
            if (one.get("name").asString().equals(table)) {
                return one;
            }
        }
        throw new AssertionError(table + " is not listed");
    }

    private static Reply restore(String id, String body) {
        return SERVER.post("/tarn/v1/dropped-tables/" + id + "/restore", body);
    }

    @Test
    void oneIsListedAndComesBack() {
        String table = dropped();
        JsonNode listed = listed(table);
        assertThat(List.copyOf(listed.propertyNames()))
                .containsExactly("id", "name", "namespace", "table", "dropped_by", "dropped_at", "expires_at");
        assertThat(listed.get("table").asString()).isEqualTo("events");
        assertThat(listed.get("dropped_by").asString()).isEqualTo("admin");
        assertThat(Duration.between(
                        Instant.parse(listed.get("dropped_at").asString()),
                        Instant.parse(listed.get("expires_at").asString())))
                .isEqualTo(Duration.ofDays(7));

        String id = listed.get("id").asString();
        Reply restored = restore(id, "{}");
        assertThat(restored.status()).as(restored.body()).isEqualTo(200);
        assertThat(restored.json())
                .isEqualTo(SERVER.get("/tarn/v1/tables/" + table).json());
        assertThat(restored.json().get("row_count").asLong()).isEqualTo(1);
        Reply again = restore(id, "{}");
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.json().get("code").asString()).isEqualTo("not_found");
    }

    @Test
    void underAnotherNameWhenItsOwnIsTaken() {
        String table = dropped();
        String id = listed(table).get("id").asString();
        assertThat(SampleTables.load(SERVER, table, "create", "id\n2\n").status())
                .isEqualTo(200);
        Reply taken = restore(id, "{\"name\": null}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().get("code").asString()).isEqualTo("already_exists");
        Reply named = restore(id, "{\"name\": \"" + table.replace(".events", ".again") + "\"}");
        assertThat(named.status()).as(named.body()).isEqualTo(200);
        assertThat(named.json().get("table").asString()).isEqualTo("again");
    }

    @Test
    void pagesHaveTheNewestFirst() {
        String first = dropped();
        String second = dropped();
        JsonNode page = SERVER.get("/tarn/v1/dropped-tables?limit=1").json();
        assertThat(page.at("/tables/0/name").asString()).isEqualTo(second);
        JsonNode next = SERVER.get("/tarn/v1/dropped-tables?limit=1&cursor="
                        + page.get("next_cursor").asString())
                .json();
        assertThat(next.at("/tables/0/name").asString()).isEqualTo(first);
    }

    @Test
    void whoMayNotDropItFindsNothing() {
        String table = dropped();
        LimitedUser user = LimitedUser.of(SERVER);
        assertThat(user.get("/tarn/v1/dropped-tables").json().get("tables")).isEmpty();
        String id = listed(table).get("id").asString();
        assertThat(user.post("/tarn/v1/dropped-tables/" + id + "/restore", "{}").status())
                .isEqualTo(404);
        assertThat(restore(UUID.randomUUID().toString(), "{}").status()).isEqualTo(404);
        assertThat(restore("nonsense", "{}").status()).isIn(400, 404);
        assertThat(restore(id, "{\"name\": \"a.\"}").status()).isEqualTo(400);
    }
}
