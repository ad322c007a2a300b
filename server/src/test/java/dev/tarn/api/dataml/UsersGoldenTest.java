package dev.tarn.api.dataml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Modules 2, 3 and 4 of the contract, by its own examples. */
class UsersGoldenTest {
    private static RunningServer server;
    private static DataMlClient client;

    @BeforeAll
    static void begin() {
        server = RunningServer.start();
        client = new DataMlClient(server);
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static void assertInvalid(Reply reply, String problems) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
        assertThat(reply.json()).isEqualTo(json("{\"detail\": " + problems.replace('\'', '"') + "}"));
    }

    private static Reply create(String body) {
        return server.post("/api/v1/users/create-user", body.replace('\'', '"'));
    }

    @Test
    void theContractsOwnExample() {
        Reply made = create("""
                {
                  "tenant_id": "%s",
                  "first_name": "jane",
                  "last_name": "doe",
                  "email": "jane.doe@example.com",
                  "username": "janedoe",
                  "password": "Password123!"
                }""".formatted(client.tenantId()));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        long id = made.json().get("id").asLong();
        JsonNode user = json("""
                {"id": %d, "tenant_id": "%s", "first_name": "jane", "last_name": "doe", "email": "jane.doe@example.com",
                 "username": "janedoe", "is_active": true}""".formatted(id, client.tenantId()));
        assertThat(made.json()).isEqualTo(user);
        for (String slash : List.of("", "/")) {
            assertThat(server.get("/api/v1/users/" + id + slash).json()).isEqualTo(user);
            JsonNode list = server.get("/api/v1/users/read-users" + slash).json();
            assertThat(list.propertyNames()).containsExactly("data", "count");
            assertThat(list.get("count").asLong()).isEqualTo(list.get("data").size());
            assertThat(list.get("data").valueStream()).contains(user);
        }
        assertThat(roles("janedoe")).containsExactly("Viewer");
        assertThat(client.login("janedoe", "Password123!").status()).isEqualTo(200);
        Reply again = create(
                "{'tenant_id': '%s', 'email': 'x@example.com', 'username': 'JaneDoe', 'password': 'Password123!'}"
                        .formatted(client.tenantId()));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().propertyNames()).containsExactly("detail");
    }

    private static List<String> roles(String name) {
        return server.get("/tarn/v1/users/" + name)
                .json()
                .get("roles")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void rolesAreGivenByNameToo() {
        Reply made = create(
                "{'tenant_id': '%s', 'email': 'a@example.com', 'username': 'ana', 'password': 'Password123!', 'roles': ['Analyst', 'Auditor']}"
                        .formatted(client.tenantId()));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(roles("ana")).containsExactly("Analyst", "Auditor");
        assertThat(create(
                                "{'tenant_id': '%s', 'email': 'b@example.com', 'username': 'bob', 'password': 'Password123!', 'roles': ['Emperor']}"
                                        .formatted(client.tenantId()))
                        .status())
                .isEqualTo(422);
        String access = client.tokens(client.newUser()).get("access_token").asString();
        Reply refused = server.send(
                "POST",
                "/api/v1/users/create-user",
                "{\"tenant_id\": \"%s\", \"email\": \"c@example.com\", \"username\": \"cid\", \"password\": \"Password123!\"}"
                        .formatted(client.tenantId()),
                "Authorization",
                "Bearer " + access,
                "Content-Type",
                "application/json");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
        assertThat(client.as(access, "GET", "/api/v1/users/read-users/").status())
                .isEqualTo(403);
        long self = client.as(access, "POST", "/api/v1/login/test-token")
                .json()
                .get("id")
                .asLong();
        assertThat(client.as(access, "GET", "/api/v1/users/" + self).status()).isEqualTo(200);
        assertThat(client.as(access, "GET", "/api/v1/users/1").status()).isEqualTo(self == 1 ? 200 : 403);
    }

    @Test
    void whatDoesNotFitIsToldFieldByField() {
        String missing = "{'type': 'missing', 'loc': ['body', '%s'], 'msg': 'Field required', 'input': %s}";
        String sent = "{'password': '**********', 'email': 'jane'}";
        assertInvalid(
                create("{'password': 'Password123!', 'email': 'jane'}"),
                "[" + missing.formatted("tenant_id", sent)
                        + ", {'type': 'value_error', 'loc': ['body', 'email'], 'msg': 'value is not a valid email"
                        + " address: An email address must have an @-sign and a domain.', 'input': 'jane', 'ctx':"
                        + " {'reason': 'An email address must have an @-sign and a domain.'}}, "
                        + missing.formatted("username", sent) + "]");
        assertInvalid(
                create("{'tenant_id': 'x', 'email': 'a@b.example', 'username': 7, 'password': 8, 'roles': 'Admin',"
                        + " 'first_name': ['a']}"),
                "[{'type': 'uuid_parsing', 'loc': ['body', 'tenant_id'], 'msg': 'Input should be a valid UUID, invalid"
                        + " character or length', 'input': 'x', 'ctx': {'error': 'invalid character or length'}},"
                        + "{'type': 'string_type', 'loc': ['body', 'first_name'], 'msg': 'Input should be a valid"
                        + " string', 'input': ['a']},"
                        + "{'type': 'string_type', 'loc': ['body', 'username'], 'msg': 'Input should be a valid string',"
                        + " 'input': 7},"
                        + "{'type': 'string_type', 'loc': ['body', 'password'], 'msg': 'Input should be a valid string',"
                        + " 'input': '**********'},"
                        + "{'type': 'list_type', 'loc': ['body', 'roles'], 'msg': 'Input should be a valid list',"
                        + " 'input': 'Admin'}]");
        assertInvalid(create(""), "[{'type': 'missing', 'loc': ['body'], 'msg': 'Field required', 'input': null}]");
        JsonNode broken = create("{'a': ").json().get("detail").get(0);
        assertThat(broken.get("type").asString()).isEqualTo("json_invalid");
        assertThat(broken.get("loc").get(0).asString()).isEqualTo("body");
        assertThat(broken.get("loc").get(1).isIntegralNumber()).isTrue();
        assertThat(broken.get("msg").asString()).isEqualTo("JSON decode error");
        assertThat(broken.get("input")).isEqualTo(json("{}"));
        for (String body : List.of("[]", "'text'", "5", "[".repeat(100) + "]".repeat(100))) {
            assertThat(create(body).json().get("detail").get(0).get("type").asString())
                    .isEqualTo("model_attributes_type");
        }
        assertThat(create("{'a': 1, 'a': 2}")
                        .json()
                        .get("detail")
                        .get(0)
                        .get("type")
                        .asString())
                .isEqualTo("json_invalid");
        assertThat(create("[".repeat(5_000))
                        .json()
                        .get("detail")
                        .get(0)
                        .get("type")
                        .asString())
                .isEqualTo("json_invalid");
    }

    @Test
    void aUserThatIsNotThere() {
        assertThat(server.get("/api/v1/users/999999999999999").json())
                .isEqualTo(json("{\"detail\": \"User not found\"}"));
        assertInvalid(
                server.get("/api/v1/users/abc"),
                "[{'type': 'int_parsing', 'loc': ['path', 'user_id'], 'msg': 'Input should be a valid integer, unable"
                        + " to parse string as an integer', 'input': 'abc'}]");
        Reply elsewhere =
                create("{'tenant_id': '%s', 'email': 'z@example.com', 'username': 'zoe', 'password': 'Password123!'}"
                        .formatted(UUID.randomUUID()));
        assertThat(elsewhere.status()).isEqualTo(404);
        assertThat(elsewhere.json()).isEqualTo(json("{\"detail\": \"Tenant not found\"}"));
    }

    @Test
    void rolesAndPermissions() {
        Reply role = server.post(
                "/api/v1/rbac/roles/", "{\"name\": \"data_scientist\", \"tenant_id\": \"" + client.tenantId() + "\"}");
        assertThat(role.status()).as(role.toString()).isEqualTo(200);
        assertThat(role.json())
                .isEqualTo(json("{\"id\": %d, \"name\": \"data_scientist\", \"tenant_id\": \"%s\"}"
                        .formatted(role.json().get("id").asLong(), client.tenantId())));
        assertThat(server.post(
                                "/api/v1/rbac/roles",
                                "{\"name\": \"Data_Scientist\", \"tenant_id\": \"" + client.tenantId() + "\"}")
                        .status())
                .isEqualTo(409);
        Reply inert = server.post(
                "/api/v1/rbac/permissions/",
                "{\"name\": \"can_train_models\", \"tenant_id\": \"" + client.tenantId() + "\"}");
        assertThat(inert.json().propertyNames()).containsExactly("id", "name", "tenant_id", "inert");
        assertThat(inert.json().get("inert").asBoolean()).isTrue();
        Reply verb = server.post(
                "/api/v1/rbac/permissions", "{\"name\": \"select\", \"tenant_id\": \"" + client.tenantId() + "\"}");
        assertThat(verb.json().propertyNames()).containsExactly("id", "name", "tenant_id");
        assertThat(server.post("/api/v1/rbac/roles/", "{\"name\": \"x\", \"tenant_id\": \"" + UUID.randomUUID() + "\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void healthCheckIsOpen() {
        for (String path : List.of("/api/v1/utils/health-check/", "/api/v1/utils/health-check")) {
            Reply reply = server.send("GET", path, null);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("true");
            assertThat(reply.header("Content-Type")).startsWith("application/json");
        }
    }
}
