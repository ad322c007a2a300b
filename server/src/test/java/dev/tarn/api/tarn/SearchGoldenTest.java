package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.SampleTables;
import dev.tarn.access.Keys;
import dev.tarn.access.WantedKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/search}. */
class SearchGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();

    private static JsonNode found(String words) {
        return SERVER.get("/tarn/v1/search?q=" + words.replace(" ", "%20"))
                .json()
                .get("results");
    }

    @Test
    void tablesColumnsAndSavedStatementsByAllWords() {
        String word = "z" + UUID.randomUUID().toString().replace("-", "");
        String table = SampleTables.make(SERVER, "%s_id,amount\n1,2\n".formatted(word));
        SERVER.patch("/tarn/v1/tables/" + table, """
                {"description": "Rivers of %s", "tags": ["blue"], "columns": {"amount": {"description": "%s litres"}}}""".formatted(word, word));
        SERVER.post(
                "/tarn/v1/saved-statements", "{\"name\": \"About %s\", \"statement\": \"select 1\"}".formatted(word));

        JsonNode all = found(word.toUpperCase(java.util.Locale.ROOT));
        assertThat(all).hasSize(4);
        assertThat(List.copyOf(all.get(0).propertyNames()))
                .containsExactly("kind", "table", "column", "id", "name", "description", "type");
        assertThat(all.get(0).get("kind").asString()).isEqualTo("table");
        assertThat(all.get(0).get("table").asString()).isEqualTo(table);
        assertThat(all.get(1).get("column").asString()).isEqualTo(word + "_id");
        assertThat(all.get(2).get("column").asString()).isEqualTo("amount");
        assertThat(all.get(3).get("kind").asString()).isEqualTo("saved_statement");
        assertThat(found(word + " rivers BLUE")).hasSize(1);
        // Saved statements name all sorts of tables.
        assertThat(foundWithRestrictedKey(table, word))
                .doesNotContain("saved_statement")
                .contains(word);
        assertThat(found(word + " nothing")).isEmpty();
        assertThat(SERVER.get("/tarn/v1/search?limit=1&q=" + word).json().get("results"))
                .hasSize(1);
        for (String wrong : List.of("", "?q=", "?q=a&limit=0", "?q=a&limit=x")) {
            assertThat(SERVER.get("/tarn/v1/search" + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    private static String foundWithRestrictedKey(String table, String word) {
        WantedKey wanted = new WantedKey(
                "restricted",
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of("table:" + table)),
                Optional.empty(),
                Optional.empty());
        String key = SERVER.bean(Keys.class).create(SERVER.admin(), wanted).secret();
        return SERVER.send("GET", "/tarn/v1/search?q=" + word, null, "Authorization", "Bearer " + key)
                .body();
    }
}
