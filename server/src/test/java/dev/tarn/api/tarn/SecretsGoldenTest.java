package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SecretsGoldenTest {
    private final RunningServer server = RunningServer.shared();

    @Test
    void aSecretIsStoredListedWithoutItsValueAndForgotten() {
        String name = "golden-" + UUID.randomUUID();
        Reply stored = server.put("/tarn/v1/secrets/" + name, "{\"value\":\"correct horse battery staple\"}");
        assertThat(stored.status()).isEqualTo(204);
        assertThat(stored.body()).isEmpty();
        Reply listed = server.get("/tarn/v1/secrets?limit=1000");
        assertThat(listed.body()).doesNotContain("battery");
        assertThat(listed.json().propertyNames()).containsExactly("secrets", "next_cursor");
        JsonNode secret = listed.json()
                .get("secrets")
                .valueStream()
                .filter(one -> one.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(secret.propertyNames()).containsExactly("name", "created_at", "updated_at", "created_by");
        assertThat(secret.get("created_by").asString()).isEqualTo("admin");
        assertThat(Instant.parse(secret.get("created_at").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(server.delete("/tarn/v1/secrets/" + name).status()).isEqualTo(204);
        Reply gone = server.delete("/tarn/v1/secrets/" + name);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.json().get("code").asString()).isEqualTo("not_found");
    }

    @Test
    void whatIsRefused() {
        for (String body : List.of("{}", "{\"value\":null}", "{\"value\":\"\"}", "{\"value\":7}", "[]", "")) {
            Reply refused = server.put("/tarn/v1/secrets/refused", body);
            assertThat(refused.status()).as(body).isEqualTo(400);
        }
        assertThat(server.put("/tarn/v1/secrets/no%20name", "{\"value\":\"hush\"}")
                        .body())
                .contains("invalid_request")
                .doesNotContain("hush");
        assertThat(server.send("GET", "/tarn/v1/secrets", null).status()).isEqualTo(401);
    }

    @Test
    void theKeyIsRotatedByTheOperatorAlone() {
        Reply rotated = server.post("/tarn/v1/secrets/rotate-key", "");
        assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);
        assertThat(rotated.json().propertyNames()).containsExactly("key_id", "old_key_id", "resealed");
        assertThat(rotated.json().get("key_id").asString())
                .matches("[0-9a-f]{16}")
                .isNotEqualTo(rotated.json().get("old_key_id").asString());
        assertThat(server.send(
                                "POST",
                                "/tarn/v1/secrets/rotate-key",
                                null,
                                "Authorization",
                                "Bearer " + server.keyOfAnotherTenant())
                        .status())
                .isEqualTo(403);
    }
}
