package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KeysGoldenTest {
    private static final String[] FIELDS = {
        "id",
        "name",
        "prefix",
        "user",
        "role",
        "restricted_to",
        "rate_plan",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at"
    };
    private final RunningServer server = RunningServer.shared();

    @Test
    void aKeyIsMadeShownOnceListedAndRevoked() {
        Reply made = server.post("/tarn/v1/keys", "{\"name\":\"ci\",\"expires_at\":\"2100-01-01T00:00:00Z\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Content-Type")).startsWith("application/json");
        JsonNode key = made.json();
        assertThat(key.propertyNames())
                .startsWith(FIELDS)
                .hasSize(FIELDS.length + 1)
                .contains("key");
        String secret = key.get("key").asString();
        assertThat(secret)
                .matches("dlx_sk_v1_[0-9A-Za-z]{43}")
                .startsWith(key.get("prefix").asString());
        assertThat(key.get("prefix").asString()).hasSize("dlx_sk_v1_ab12".length());
        assertThat(key.get("name").asString()).isEqualTo("ci");
        assertThat(key.get("user").get("name").asString()).isEqualTo("admin");
        assertThat(Instant.parse(key.get("created_at").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(key.get("expires_at").asString()).isEqualTo("2100-01-01T00:00:00Z");
        assertThat(key.get("last_used_at").isNull()).isTrue();
        assertThat(key.get("revoked_at").isNull()).isTrue();
        assertThat(status(secret)).isEqualTo(200);

        JsonNode listed = find(key.get("id").asString());
        assertThat(listed.propertyNames()).containsExactly(FIELDS);
        assertThat(listed.get("created_at")).isEqualTo(key.get("created_at"));

        Reply revoked = server.delete("/tarn/v1/keys/" + key.get("id").asString());
        assertThat(revoked.status()).isEqualTo(204);
        assertThat(revoked.body()).isEmpty();
        assertThat(status(secret)).isEqualTo(401);
        assertThat(find(key.get("id").asString()).get("revoked_at").isNull()).isFalse();
        assertThat(server.delete("/tarn/v1/keys/" + key.get("id").asString()).status())
                .isEqualTo(204);
    }

    @Test
    void keysAreListedByPagesNewestFirst() {
        for (int i = 0; i < 3; i++) {
            server.post("/tarn/v1/keys", "{\"name\":\"page " + i + "\"}");
        }
        List<String> ids = new ArrayList<>();
        String path = "/tarn/v1/keys?limit=2";
        while (true) {
            JsonNode page = server.get(path).json();
            assertThat(page.propertyNames()).containsExactly("keys", "next_cursor");
            page.get("keys").forEach(key -> ids.add(key.get("id").asString()));
            if (page.get("next_cursor").isNull()) {
                break;
            }
            path = "/tarn/v1/keys?limit=2&cursor=" + page.get("next_cursor").asString();
        }
        assertThat(ids)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(java.util.Comparator.reverseOrder())
                .hasSizeGreaterThan(3);
    }

    @Test
    void whatIsRefused() {
        for (String body : List.of(
                "{}",
                "{\"name\":\" \"}",
                "{\"name\":\"a\",\"expires_at\":\"2001-01-01T00:00:00Z\"}",
                "{\"name\":\"a\",\"expires_at\":\"+12001-01-01T00:00:00Z\"}")) {
            Reply reply = server.post("/tarn/v1/keys", body);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().get("code").asString()).isEqualTo("invalid_request");
        }
        for (String id : List.of(UUID.randomUUID().toString(), "nonsense", "1-1-1-1-1")) {
            assertThat(server.delete("/tarn/v1/keys/" + id).status()).isEqualTo(404);
        }
        assertThat(server.send("GET", "/tarn/v1/keys", null).status()).isEqualTo(401);
    }

    @Test
    void anotherTenantSeesAndRevokesNothingOfOurs() {
        JsonNode ours = server.post("/tarn/v1/keys", "{\"name\":\"ours\"}").json();
        String[] theirs = {"Authorization", "Bearer " + server.keyOfAnotherTenant()};
        assertThat(server.send("DELETE", "/tarn/v1/keys/" + ours.get("id").asString(), null, theirs)
                        .status())
                .isEqualTo(404);
        assertThat(server.send("GET", "/tarn/v1/keys?limit=1000", null, theirs).body())
                .doesNotContain(ours.get("id").asString())
                .contains("first key");
        assertThat(status(ours.get("key").asString())).isEqualTo(200);
    }

    @Test
    void anIdempotencyKeyMakesOneKey() {
        String idempotencyKey = UUID.randomUUID().toString();
        String name = "once " + idempotencyKey;
        Reply first = create(idempotencyKey, name);
        assertThat(first.status()).isEqualTo(201);
        Reply again = create(idempotencyKey, name);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body()).contains("dlx_sk_v1_");
        Reply another = create(idempotencyKey, "something else");
        assertThat(another.status()).isEqualTo(409);
        assertThat(create("with blank", name).status()).isEqualTo(400);
        assertThat(server.get("/tarn/v1/keys?limit=1000")
                        .json()
                        .get("keys")
                        .valueStream()
                        .filter(key -> key.get("name").asString().equals(name)))
                .hasSize(1);

        Reply refused = create("refused-" + idempotencyKey, "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(create("refused-" + idempotencyKey, "now right").status()).isEqualTo(201);
    }

    private Reply create(String idempotencyKey, String name) {
        return server.send(
                "POST",
                "/tarn/v1/keys",
                "{\"name\":\"" + name + "\"}",
                "Authorization",
                "Bearer " + server.key(),
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                idempotencyKey);
    }

    private int status(String secret) {
        return server.send("GET", "/tarn/v1/session", null, "Authorization", "Bearer " + secret)
                .status();
    }

    private JsonNode find(String id) {
        return server.get("/tarn/v1/keys?limit=1000")
                .json()
                .get("keys")
                .valueStream()
                .filter(key -> key.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
