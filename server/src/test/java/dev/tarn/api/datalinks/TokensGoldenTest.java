package dev.tarn.api.datalinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TokensGoldenTest {
    private static final String[] FIELDS = {"id", "name", "token", "created_at", "expires_at", "last_used_at"};
    private static final String TOKENS = "/api/v1/user/tokens";

    private final RunningServer server = RunningServer.shared();
    private final DataLinksClient admin = new DataLinksClient(server, server.key());

    @Test
    void aTokenIsMadeShownOnceListedAndDeleted() {
        Reply made = admin.post(
                TOKENS,
                "{\"name\":\"notebook \\u00e9\",\"expires_at\":\"2100-01-01T00:00:00Z\",\"accessRestrictedTo\":null}");
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(made.header("Content-Type")).startsWith("application/json");
        JsonNode token = made.json();
        assertThat(token.propertyNames()).containsExactly(FIELDS);
        assertThat(token.path("token").asString()).matches("dl_sk_v1_[0-9A-Za-z]{43}");
        assertThat(token.path("name").asString()).isEqualTo("notebook é");
        assertThat(token.path("expires_at").asString()).isEqualTo("2100-01-01T00:00:00Z");
        assertThat(Instant.parse(token.path("created_at").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(token.path("last_used_at").isNull()).isTrue();

        DataLinksClient holder = new DataLinksClient(server, token.path("token").asString());
        assertThat(holder.post("/v1/sql/execute", "{\"statement\":\"SELECT 1\"}")
                        .status())
                .as("a token works in every contract")
                .isEqualTo(200);
        JsonNode listed = listed(token.path("id").asString());
        assertThat(listed.propertyNames()).containsExactly(FIELDS);
        assertThat(listed.path("token").asString())
                .isEqualTo(holder.token().substring(0, "dl_sk_v1_".length() + 4) + "...");
        assertThat(admin.get("/tarn/v1/keys?limit=1000").body())
                .contains(token.path("id").asString());

        Reply deleted = admin.send("DELETE", TOKENS + "/" + token.path("id").asString(), null);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body()).isEmpty();
        assertThat(holder.get(TOKENS).status()).isEqualTo(401);
        assertThat(admin.get(TOKENS).body()).doesNotContain(token.path("id").asString());
        Reply again = admin.send("DELETE", TOKENS + "/" + token.path("id").asString(), null);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.json().propertyNames())
                .containsExactly("error_code", "message", "error_message", "sub_errors");
        assertThat(again.json().path("error_code").asString()).isEqualTo("NOT_FOUND");
    }

    @Test
    void everyFormThatClientsSendIsTaken() {
        for (String body : List.of(
                "{\"name\":\"a\"}",
                "{\"name\":\"a\",\"expiresAt\":\"2100-01-01\"}",
                "{\"name\":\"a\",\"expires_at\":null,\"expiresAt\":\"2100-01-01T00:00:00\"}",
                "{\"name\":\"a\",\"expires_at\":\"2099-12-31T23:00:00-0100\"}",
                "{\"name\":\"a\",\"expires_at\":\"2100-01-01T01:00:00+01:00\"}")) {
            Reply made = admin.post(TOKENS, body);
            assertThat(made.status()).as(body + made).isEqualTo(200);
            assertThat(made.json().path("expires_at").asString("2100-01-01T00:00:00Z"))
                    .isEqualTo("2100-01-01T00:00:00Z");
        }
        assertThat(admin.post("/api/v1/user/token", "{\"name\":\"older\"}")
                        .json()
                        .propertyNames())
                .containsExactly(FIELDS);
        for (String type : List.of(
                "",
                "Content-Type: text/plain\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "Content-Type: application/octet-stream\r\n")) {
            assertThat(admin.raw("POST", TOKENS, type, "{\"name\":\"untyped\"}"))
                    .as(type)
                    .startsWith("HTTP/1.1 200")
                    .contains("dl_sk_v1_");
        }
    }

    @Test
    void whatIsRefused() {
        for (String body : List.of(
                "",
                "[]",
                "{\"name\":",
                "{}",
                "{\"name\":null}",
                "{\"name\":7}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"a\",\"expires_at\":\"soon\"}",
                "{\"name\":\"a\",\"expires_at\":\"2001-01-01T00:00:00Z\"}",
                "{\"name\":\"a\",\"accessRestrictedTo\":[]}",
                "{\"name\":\"a\",\"accessRestrictedTo\":{}}",
                "{\"name\":\"a\",\"accessRestrictedTo\":[\"movies\"]}",
                "{\"name\":\"a\",\"accessRestrictedTo\":[{\"username\":\"self\"}]}",
                "{\"name\":\"a\",\"accessRestrictedTo\":[{\"namespace\":\"iceberg\"}]}")) {
            Reply reply = admin.post(TOKENS, body);
            assertThat(reply.status()).as(body + reply).isEqualTo(400);
            assertThat(reply.json().path("error_code").asString()).startsWith("INVALID_");
        }
        Reply stranger = admin.post(
                TOKENS, "{\"name\":\"a\",\"accessRestrictedTo\":[{\"username\":\"nobody\",\"namespace\":\"movies\"}]}");
        assertThat(stranger.status()).isEqualTo(404);
        for (String id : List.of("nonsense", UUID.randomUUID().toString())) {
            assertThat(admin.get(TOKENS + "/" + id + "/permissions").status()).isEqualTo(404);
        }
    }

    @Test
    void aRestrictedTokenReachesItsNamespaceAloneInEveryContract() {
        admin.load("iceberg.dlfilms.movies", "title\nDune\n");
        admin.load("iceberg.dlfilms.actors", "name\nOscar\n");
        admin.load("iceberg.dlmusic.songs", "title\nYesterday\n");
        JsonNode made = admin.post(
                        TOKENS,
                        "{\"name\":\"films\",\"accessRestrictedTo\":[{\"username\":\"admin\",\"namespace\":\"dlfilms\"}]}")
                .json();
        DataLinksClient films = new DataLinksClient(server, made.path("token").asString());

        assertThat(films.select("iceberg.dlfilms.movies")
                        .json()
                        .at("/rows/0/title")
                        .asString())
                .isEqualTo("Dune");
        assertThat(films.select("iceberg.dlmusic.songs").status()).isEqualTo(404);
        assertThat(films.get("/tarn/v1/tables?limit=1000").body())
                .contains("dlfilms")
                .doesNotContain("dlmusic");
        assertThat(films.get("/tarn/v1/users").status()).isEqualTo(403);
        assertThat(films.get("/tarn/v1/roles").status()).isEqualTo(403);
        assertThat(films.get("/tarn/v1/grants").status()).isEqualTo(403);
        assertThat(films.post(TOKENS, "{\"name\":\"wider\"}").status()).isEqualTo(403);
        assertThat(films.post(TOKENS, "{\"name\":\"wider\",\"accessRestrictedTo\":[{\"namespace\":\"dlmusic\"}]}")
                        .status())
                .isEqualTo(403);
        Reply same = films.post(
                TOKENS,
                "{\"name\":\"narrower\",\"accessRestrictedTo\":[{\"username\":\"self\",\"namespace\":\"dlfilms\",\"dataset\":\"movies\"}]}");
        assertThat(same.status()).as(same.toString()).isEqualTo(200);
        Reply share = films.post(
                "/api/v1/permissions/namespaces/self/dlfilms/shares", "{\"username\":\"admin\",\"role\":\"viewer\"}");
        assertThat(share.status()).as("it gives nobody a right").isEqualTo(403);
        String unrestricted =
                admin.post(TOKENS, "{\"name\":\"all\"}").json().path("id").asString();
        assertThat(films.send("DELETE", TOKENS + "/" + unrestricted, null).status())
                .isEqualTo(403);

        JsonNode permissions = admin.get(TOKENS + "/" + made.path("id").asString() + "/permissions")
                .json();
        assertThat(permissions.toString())
                .isEqualTo(
                        "{\"restricted\":true,\"permissions\":[{\"username\":\"admin\",\"namespace\":\"dlfilms\",\"dataset\":null}]}");
        assertThat(admin.get(TOKENS + "/" + same.json().path("id").asString() + "/permissions")
                        .body())
                .contains("\"dataset\":\"movies\"");
        assertThat(admin.get(TOKENS + "/" + unrestricted + "/permissions").body())
                .isEqualTo("{\"restricted\":false,\"permissions\":[]}");
    }

    @Test
    void anotherUsersTokensAreNotThere() {
        DataLinksClient ada = DataLinksClient.user(server, DataLinksClient.newName("ada"), "Analyst");
        String hers = ada.post(TOKENS, "{\"name\":\"hers\"}").json().path("id").asString();
        assertThat(ada.get(TOKENS).json()).hasSize(2);
        for (DataLinksClient other : List.of(admin, new DataLinksClient(server, server.keyOfAnotherTenant()))) {
            assertThat(other.get(TOKENS).body()).doesNotContain(hers);
            assertThat(other.get(TOKENS + "/" + hers + "/permissions").status()).isEqualTo(404);
            assertThat(other.send("DELETE", TOKENS + "/" + hers, null).status()).isEqualTo(404);
        }
        assertThat(ada.send("DELETE", TOKENS + "/" + hers, null).status()).isEqualTo(200);
    }

    private JsonNode listed(String id) {
        return admin.get(TOKENS)
                .json()
                .valueStream()
                .filter(token -> token.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
