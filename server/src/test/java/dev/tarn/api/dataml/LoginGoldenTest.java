package dev.tarn.api.dataml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Modules 1 and 10 of the contract, by its own examples. */
class LoginGoldenTest {
    private static final String JSON = "application/json";
    private final RunningServer server = RunningServer.shared();
    private final DataMlClient client = new DataMlClient(server);

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static void assertDetail(Reply reply, int status, String detail) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith(JSON);
        assertThat(reply.json()).isEqualTo(json("{\"detail\": \"" + detail + "\"}"));
    }

    private static void assertInvalid(Reply reply, String problems) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
        assertThat(reply.json()).isEqualTo(json("{\"detail\": " + problems.replace('\'', '"') + "}"));
    }

    @Test
    void loginByFormInBothSlashForms() {
        String name = client.newUser();
        for (String path : List.of("/api/v1/login/access-token", "/api/v1/login/access-token/")) {
            Reply reply = client.form(path, "username=" + name + "&password=" + DataMlClient.PASSWORD);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            assertThat(reply.json().propertyNames()).containsExactly("access_token", "refresh_token", "token_type");
            assertThat(reply.json().get("access_token").asString()).matches("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]{86}");
            assertThat(reply.json().get("token_type").asString()).isEqualTo("bearer");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        }
        Reply all = client.form(
                "/api/v1/login/access-token",
                "grant_type=password&username=%s%%40example.com&password=%s&scope=&client_id=x&client_secret=y"
                        .formatted(name, DataMlClient.PASSWORD));
        assertThat(all.status()).as(all.toString()).isEqualTo(200);
    }

    @Test
    void whatIsWrongIsToldAlike() {
        String name = client.newUser();
        for (List<String> wrong : List.of(
                List.of(name, "wrong"),
                List.of("nobody", "wrong"),
                List.of(name, "x".repeat(3_000)),
                List.of("%27+OR+1%3D1+--", "wrong"))) {
            assertDetail(client.login(wrong.getFirst(), wrong.getLast()), 400, "Incorrect email or password");
        }
    }

    @Test
    void aFormThatLacksFields() {
        String missing = "{'type': 'missing', 'loc': ['body', '%s'], 'msg': 'Field required', 'input': null}";
        String both = "[" + missing.formatted("username") + ", " + missing.formatted("password") + "]";
        assertInvalid(client.form("/api/v1/login/access-token", ""), both);
        assertInvalid(client.form("/api/v1/login/access-token", "username=&password="), both);
        assertInvalid(
                server.send("POST", "/api/v1/login/access-token", "{\"username\": \"a\"}", "Content-Type", JSON), both);
        assertInvalid(server.send("POST", "/api/v1/login/access-token?username=a&password=b", null), both);
        JsonNode grant = client.form("/api/v1/login/access-token", "username=a&grant_type=magic&password=b")
                .json()
                .get("detail")
                .get(0);
        assertThat(grant.get("type").asString()).isEqualTo("string_pattern_mismatch");
        assertThat(grant.get("loc")).isEqualTo(json("[\"body\", \"grant_type\"]"));
        assertThat(grant.get("msg").asString()).isEqualTo("String should match pattern '^password$'");
        assertDetail(
                client.form("/api/v1/login/access-token", "username=%zz&password=b"),
                400,
                "There was an error parsing the body");
        assertThat(client.form("/api/v1/login/access-token", "username=" + "a".repeat(70_000))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void testTokenIsTheUser() {
        String name = client.newUser();
        String access = client.tokens(name).get("access_token").asString();
        for (String path : List.of("/api/v1/login/test-token", "/api/v1/login/test-token/")) {
            JsonNode user = client.as(access, "POST", path).json();
            assertThat(user.propertyNames())
                    .containsExactlyInAnyOrder(
                            "tenant_id", "first_name", "last_name", "email", "username", "id", "is_active");
            assertThat(user.get("tenant_id").asString()).isEqualTo(client.tenantId());
            assertThat(user.get("username").asString()).isEqualTo(name);
            assertThat(user.get("email").asString()).isEqualTo(name + "@example.com");
            assertThat(user.get("first_name").isNull()).isTrue();
            assertThat(user.get("id").isIntegralNumber()).isTrue();
            assertThat(user.get("is_active").asBoolean()).isTrue();
        }
        assertThat(server.post("/api/v1/login/test-token", "")
                        .json()
                        .get("username")
                        .asString())
                .as("a key is a credential of every contract")
                .isEqualTo("admin");
    }

    @Test
    void validateToken() {
        String name = client.newUser();
        String access = client.tokens(name).get("access_token").asString();
        for (String path : List.of("/api/v1/validate-token", "/api/v1/validate-token/")) {
            assertThat(client.as(access, "GET", path).json())
                    .isEqualTo(json("{\"valid\": true, \"username\": \"" + name + "\"}"));
            assertDetail(client.as(access + "x", "GET", path), 403, "Could not validate credentials");
            Reply none = server.send("GET", path, null);
            assertDetail(none, 401, "Not authenticated");
            assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void aTokenOpensEveryContract() {
        String access = client.tokens(client.newUser()).get("access_token").asString();
        assertThat(client.as(access, "GET", "/tarn/v1/session").status()).isEqualTo(200);
        Reply answered = server.send(
                "POST",
                "/v1/sql/execute",
                "{\"statement\": \"SELECT 1 AS one\"}",
                "Content-Type",
                JSON,
                "Authorization",
                "bearer " + access);
        assertThat(answered.status()).as(answered.toString()).isEqualTo(200);
        assertThat(client.as(access + "x", "GET", "/tarn/v1/session").status()).isEqualTo(401);
    }

    @Test
    void refreshByQueryFormAndJson() {
        String token = client.tokens(client.newUser()).get("refresh_token").asString();
        Reply byQuery = server.send(
                "POST",
                "/api/v1/refresh/?refresh_token=" + token,
                "refresh_token=x",
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(byQuery.json().propertyNames()).containsExactly("access_token", "refresh_token", "token_type");
        Reply byForm = client.form(
                "/api/v1/refresh",
                "refresh_token=" + byQuery.json().get("refresh_token").asString());
        Reply byJson = server.send(
                "POST",
                "/api/v1/refresh",
                "{\"refresh_token\": \"" + byForm.json().get("refresh_token").asString() + "\"}",
                "Content-Type",
                JSON);
        assertThat(byJson.status()).isEqualTo(200);

        assertDetail(client.refresh(token), 403, "Could not validate credentials");
        assertDetail(
                client.refresh(byJson.json().get("refresh_token").asString()), 403, "Could not validate credentials");
        assertDetail(
                client.as(byJson.json().get("access_token").asString(), "GET", "/api/v1/validate-token"),
                403,
                "Could not validate credentials");
        assertInvalid(
                server.send("POST", "/api/v1/refresh", null),
                "[{'type': 'missing', 'loc': ['query', 'refresh_token'], 'msg': 'Field required', 'input': null}]");
        assertInvalid(
                server.send("POST", "/api/v1/refresh", "{\"refresh_token\": 5}", "Content-Type", JSON),
                "[{'type': 'string_type', 'loc': ['query', 'refresh_token'], 'msg': 'Input should be a valid string',"
                        + " 'input': '**********'}]");
    }

    @Test
    void logoutEndsTheRefreshTokenAndNotTheAccessToken() {
        JsonNode tokens = client.tokens(client.newUser());
        String refresh = tokens.get("refresh_token").asString();
        for (String path : List.of("/api/v1/logout?refresh_token=", "/api/v1/logout/?refresh_token=")) {
            Reply reply = server.send("POST", path + refresh, null);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().propertyNames()).containsExactly("message");
        }
        assertThat(client.as(tokens.get("access_token").asString(), "GET", "/api/v1/validate-token")
                        .status())
                .isEqualTo(200);
        assertDetail(client.refresh(refresh), 403, "Could not validate credentials");
        assertDetail(
                server.send("POST", "/api/v1/logout?refresh_token=x", null), 403, "Could not validate credentials");
    }

    @Test
    void resetPasswordIsForOneselfAndForAdministrators() {
        String name = client.newUser();
        String other = client.newUser();
        JsonNode tokens = client.tokens(name);
        String access = tokens.get("access_token").asString();
        String path = "/api/v1/reset-password?user_name=%s&new_password=%s";
        assertDetail(server.send("POST", path.formatted(name, "three-quiet-rivers"), null), 401, "Not authenticated");
        assertThat(client.as(access, "POST", path.formatted(other, "three-quiet-rivers"))
                        .status())
                .isEqualTo(403);
        assertThat(client.as(access, "POST", path.formatted("nobody", "three-quiet-rivers"))
                        .status())
                .isEqualTo(403);
        assertInvalid(
                client.as(access, "POST", path.formatted(name, "short")),
                "[{'type': 'string_too_short', 'loc': ['query', 'new_password'], 'msg': 'String should have at least 8"
                        + " characters', 'input': '**********', 'ctx': {'min_length': 8}}]");
        Reply reset = client.as(access, "POST", path.formatted(name, "three-quiet-rivers"));
        assertThat(reset.status()).as(reset.toString()).isEqualTo(200);
        assertThat(reset.json().propertyNames()).containsExactly("message");
        assertDetail(client.refresh(tokens.get("refresh_token").asString()), 403, "Could not validate credentials");
        assertDetail(client.login(name, DataMlClient.PASSWORD), 400, "Incorrect email or password");
        assertThat(client.login(name, "three-quiet-rivers").status()).isEqualTo(200);

        assertThat(server.post(
                                "/api/v1/reset-password/",
                                "{\"user_name\": \"" + other + "\", \"new_password\": \"four-quiet-rivers\"}")
                        .status())
                .isEqualTo(200);
        assertThat(client.login(other, "four-quiet-rivers").status()).isEqualTo(200);
        assertDetail(server.post(path.formatted("nobody", "four-quiet-rivers"), ""), 404, "User not found");
    }

    @Test
    void afterTenWrongPasswordsThatNameWaits() {
        String name = client.newUser();
        for (int i = 0; i < 10; i++) {
            assertThat(client.login(name, "wrong").status()).isEqualTo(400);
        }
        Reply waits = client.login(name, DataMlClient.PASSWORD);
        assertThat(waits.status()).isEqualTo(429);
        assertThat(Integer.parseInt(waits.header("Retry-After"))).isBetween(1, 30);
        assertThat(waits.json().propertyNames()).containsExactly("detail");
        assertThat(server.send(
                                "POST",
                                "/tarn/v1/session",
                                "{\"username\": \"%s\", \"password\": \"x\"}".formatted(name),
                                "Content-Type",
                                JSON)
                        .status())
                .as("the console's sign-in")
                .isEqualTo(429);
        List<Integer> others = new ArrayList<>();
        others.add(client.login(client.newUser(), DataMlClient.PASSWORD).status());
        others.add(server.get("/tarn/v1/session").status());
        assertThat(others).containsOnly(200);
    }

    @Test
    void aWrongMethodIsToldAsTheFrameworkDoes() {
        assertDetail(server.send("GET", "/api/v1/login/access-token", null), 405, "Method Not Allowed");
    }
}
