package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Users, roles, grants, tenants and workspaces over HTTP. */
class AccessGoldenTest {
    private final RunningServer server = RunningServer.shared();
    private final String word = "g" + UUID.randomUUID().toString().substring(0, 8);

    private JsonNode made(String path, String body) {
        Reply reply = server.post(path, body.replace("WORD", word));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        return reply.json();
    }

    @Test
    void aUserIsMadeFoundChangedAndSwitchedOff() {
        JsonNode user = made(
                "/tarn/v1/users",
                "{\"name\":\"WORD\",\"password\":\"correct horse battery\",\"email\":\"WORD@example.com\",\"roles\":[\"Analyst\"]}");
        assertThat(user.propertyNames())
                .containsExactly(
                        "id",
                        "number",
                        "name",
                        "email",
                        "first_name",
                        "last_name",
                        "roles",
                        "active",
                        "operator",
                        "issuer",
                        "created_at");
        assertThat(user.path("roles").toString()).isEqualTo("[\"Analyst\"]");
        assertThat(user.path("active").asBoolean()).isTrue();
        String path = "/tarn/v1/users/" + user.path("id").asString();
        assertThat(server.get(path).json()).isEqualTo(user);
        assertThat(server.get("/tarn/v1/users/" + word).json()).isEqualTo(user);
        JsonNode listed = server.get("/tarn/v1/users?q=" + word + "@example").json();
        assertThat(listed.propertyNames()).containsExactly("users", "next_cursor");
        assertThat(listed.path("users").get(0)).isEqualTo(user);

        assertThat(signIn("correct horse battery").status()).isEqualTo(200);
        assertThat(server.send("PUT", path + "/password", "{\"password\":\"another good one\"}", json())
                        .status())
                .isEqualTo(204);
        assertThat(signIn("correct horse battery").status()).isEqualTo(401);
        JsonNode changed = server.send("PATCH", path, "{\"first_name\":\"Ann\",\"email\":\"\"}", json())
                .json();
        assertThat(changed.path("first_name").asString()).isEqualTo("Ann");
        assertThat(changed.path("email").isNull()).isTrue();
        assertThat(server.send("PUT", path + "/roles", "{\"roles\":[\"viewer\",\"Auditor\"]}", json())
                        .json()
                        .path("roles")
                        .toString())
                .isEqualTo("[\"Auditor\",\"Viewer\"]");
        assertThat(server.send("PATCH", path + "/roles", "{\"add\":[\"Analyst\"],\"remove\":[\"Viewer\"]}", json())
                        .json()
                        .path("roles")
                        .toString())
                .isEqualTo("[\"Analyst\",\"Auditor\"]");
        assertThat(server.send("PATCH", path + "/roles", "{\"remove\":[\"Viewer\"]}", json())
                        .status())
                .isEqualTo(404);
        assertThat(server.send("PATCH", path + "/roles", "{}", json()).status()).isEqualTo(400);
        assertThat(signIn("another good one").status()).isEqualTo(200);
        server.send("PATCH", path, "{\"active\":false}", json());
        assertThat(signIn("another good one").status()).isEqualTo(401);
    }

    private Reply signIn(String password) {
        return server.send(
                "POST",
                "/tarn/v1/session",
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(word, password),
                "Content-Type",
                "application/json");
    }

    private String[] json() {
        return new String[] {"Authorization", "Bearer " + server.key(), "Content-Type", "application/json"};
    }

    @Test
    void aRoleIsGrantedARightAndTheAnswerToWhyNamesIt() {
        made("/tarn/v1/roles", "{\"name\":\"WORD readers\"}");
        made("/tarn/v1/users", "{\"name\":\"WORD\",\"roles\":[\"Viewer\",\"WORD readers\"]}");
        String table = "table:iceberg.shop." + word;
        String why = "/tarn/v1/access?verb=select&on=" + table + "&user=" + word;
        assertThat(server.get(why).json().path("allowed").asString()).isEqualTo("no");

        JsonNode grant =
                made("/tarn/v1/grants", "{\"to\":\"WORD readers\",\"verb\":\"select\",\"on\":\"table:shop.WORD\"}");
        assertThat(grant.propertyNames())
                .containsExactly("id", "to", "verb", "on", "columns", "rows", "created_at", "created_by");
        assertThat(grant.path("on").asString()).isEqualTo(table);
        assertThat(grant.path("to").toString()).isEqualTo("{\"kind\":\"role\",\"name\":\"" + word + " readers\"}");
        JsonNode answer = server.get(why).json();
        assertThat(answer.propertyNames()).containsExactly("allowed", "text", "because", "granters");
        assertThat(answer.path("allowed").asString()).isEqualTo("yes");
        assertThat(answer.at("/because/0/grant")).isEqualTo(grant);
        assertThat(answer.path("granters").toString()).contains("admin");
        assertThat(server.get("/tarn/v1/grants?on=" + table).json().at("/grants/0"))
                .isEqualTo(grant);

        assertThat(server.delete("/tarn/v1/grants/" + grant.path("id").asString())
                        .status())
                .isEqualTo(204);
        assertThat(server.get(why).json().path("allowed").asString()).isEqualTo("no");
        assertThat(server.get("/tarn/v1/roles").json().path("roles").toString())
                .contains("\"Admin\"", word + " readers");
        assertThat(server.delete("/tarn/v1/roles/" + word + "%20readers").status())
                .isEqualTo(204);
    }

    @Test
    void theOperatorMakesATenantWhoseAdministratorSignsIn() {
        JsonNode tenant = made("/tarn/v1/tenants", "{\"name\":\"WORD\",\"administrator\":\"WORD-admin\"}");
        assertThat(tenant.propertyNames()).containsExactly("tenant", "username", "password", "key");
        Reply session = server.send(
                "GET",
                "/tarn/v1/session",
                null,
                "Authorization",
                "Bearer " + tenant.path("key").asString());
        assertThat(session.json().at("/tenant/name").asString()).isEqualTo(word);
        assertThat(server.get("/tarn/v1/tenants").json().toString()).contains(word);
        assertThat(made("/tarn/v1/workspaces", "{\"name\":\"WORD\"}").propertyNames())
                .containsExactly("id", "name");
        assertThat(server.get("/tarn/v1/workspaces").json().toString()).contains(word, "default");
    }

    @Test
    void whatIsRefused() {
        made("/tarn/v1/users", "{\"name\":\"WORD\"}");
        for (String body : new String[] {
            "{}",
            "{\"name\":\"\"}",
            "{\"name\":\"x\",\"password\":\"short\"}",
            "{\"name\":\"x\",\"roles\":[\"Boss\"]}",
            "{\"name\":\"x\",\"email\":\"none\"}",
            "{\"name\":7}",
            "{\"name\":\"x\",\"tenant\":\"y\"}"
        }) {
            assertThat(server.post("/tarn/v1/users", body).status()).as(body).isEqualTo(400);
        }
        assertThat(server.post("/tarn/v1/users", "{\"name\":\"" + word.toUpperCase(java.util.Locale.ROOT) + "\"}")
                        .status())
                .isEqualTo(409);
        assertThat(server.get("/tarn/v1/users/nobody-" + word).status()).isEqualTo(404);
        assertThat(server.post("/tarn/v1/grants", "{\"to\":\"admin\",\"verb\":\"select\"}")
                        .status())
                .isEqualTo(400);
        assertThat(server.delete("/tarn/v1/roles/Admin").status()).isEqualTo(400);
        assertThat(server.get("/tarn/v1/access?verb=look&on=table:a.b").status())
                .isEqualTo(400);
    }
}
