package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/saved-statements}. */
class SavedStatementsGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final String PATH = "/tarn/v1/saved-statements";

    private static String name() {
        return "Saved " + UUID.randomUUID();
    }

    @Test
    void keptReadChangedAndDeleted() {
        String name = name();
        Reply made = SERVER.post(PATH, """
                {"name": "%s", "description": "per day", "statement": "select :day", "parameters": {"day": "2026-01-01"},
                 "chart": {"kind": "bar", "x": "day"}, "shared": true}""".formatted(name));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        JsonNode saved = made.json();
        assertThat(List.copyOf(saved.propertyNames()))
                .containsExactly(
                        "id",
                        "name",
                        "description",
                        "statement",
                        "parameters",
                        "chart",
                        "shared",
                        "user",
                        "version",
                        "created_at",
                        "updated_at");
        String own = PATH + "/" + saved.get("id").asString();
        assertThat(SERVER.get(own).json()).isEqualTo(saved);
        assertThat(saved.at("/chart/kind").asString()).isEqualTo("bar");

        assertThat(SERVER.post(PATH, "{\"name\": \"%s\", \"statement\": \"select 1\"}".formatted(name))
                        .status())
                .isEqualTo(409);
        String change = "{\"name\": \"%s!\", \"statement\": \"select 2\", \"version\": %d}";
        Reply changed = SERVER.put(own, change.formatted(name, 1));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().get("version").asInt()).isEqualTo(2);
        assertThat(changed.json().get("chart").isNull()).isTrue();
        Reply stale = SERVER.put(own, change.formatted(name, 1));
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.json().get("code").asString()).isEqualTo("conflict");

        assertThat(SERVER.get(PATH + "?q=" + name.substring(6)).json().get("saved_statements"))
                .hasSize(1);
        assertThat(SERVER.delete(own).status()).isEqualTo(204);
        assertThat(SERVER.get(own).status()).isEqualTo(404);
        assertThat(SERVER.delete(own).status()).isEqualTo(404);
    }

    @Test
    void whatCannotBeKept() {
        for (String wrong : List.of(
                "{}",
                "{\"name\": \" \", \"statement\": \"select 1\"}",
                "{\"name\": \"a\", \"statement\": \"\"}",
                "{\"name\": \"a\", \"statement\": \"select 1\", \"parameters\": []}",
                "{\"name\": \"a\", \"statement\": \"select '\\u0000'\"}",
                "{\"name\": \"a\\ud83d\", \"statement\": \"select 1\"}",
                "{\"name\": \"a\", \"statement\": \"select 1\", \"chart\": \"" + "x".repeat(70_000) + "\"}",
                "{\"name\": \"" + "x".repeat(201) + "\", \"statement\": \"select 1\"}")) {
            assertThat(SERVER.post(PATH, wrong).status()).as(wrong).isEqualTo(400);
        }
        assertThat(SERVER.put(PATH + "/" + UUID.randomUUID(), "{\"name\": \"a\", \"statement\": \"b\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void pagesGoOnByName() {
        String word = "p" + UUID.randomUUID();
        for (String each : List.of("b", "a", "c")) {
            SERVER.post(PATH, "{\"name\": \"%s %s\", \"statement\": \"select 1\"}".formatted(word, each));
        }
        JsonNode first = SERVER.get(PATH + "?limit=2&q=" + word).json();
        JsonNode rest = SERVER.get(PATH + "?q=" + word + "&cursor="
                        + first.get("next_cursor").asString())
                .json();
        assertThat(first.at("/saved_statements/0/name").asString()).endsWith("a");
        assertThat(first.at("/saved_statements/1/name").asString()).endsWith("b");
        assertThat(rest.get("saved_statements")).hasSize(1);
        assertThat(rest.at("/saved_statements/0/name").asString()).endsWith("c");
    }
}
