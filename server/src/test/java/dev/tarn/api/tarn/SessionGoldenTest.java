package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SessionGoldenTest {
    private final RunningServer server = RunningServer.shared();

    @Test
    void byKey() {
        Reply reply = open("{\"key\":\"" + server.key() + "\"}");
        assertThat(reply.status()).isEqualTo(200);
        assertSession(reply.json());
        assertThat(reply.json().get("csrf_token").asString()).hasSize(43);
        assertThat(reply.header("Set-Cookie"))
                .matches(
                        "tarn_session=dlx_ss_v1_[0-9A-Za-z]{43}; Path=/; Max-Age=\\d+; Expires=[^;]+; HttpOnly; SameSite=Strict");
    }

    @Test
    void byPassword() {
        JsonNode credentials = JsonMapper.builder()
                .build()
                .readTree(server.home().resolve("credentials.json").toFile());
        Reply reply = open("{\"username\":\"" + credentials.get("username").asString() + "\",\"password\":\""
                + credentials.get("password").asString() + "\"}");
        assertThat(reply.status()).isEqualTo(200);
        assertSession(reply.json());
        assertThat(reply.json().get("tenant").get("id")).isEqualTo(credentials.get("tenant_id"));
    }

    @Test
    void whoSignsInAnewLeavesTheSessionOfBefore() {
        String proof = "{\"key\":\"" + server.key() + "\"}";
        String first = cookie(open(proof));
        String elsewhere = cookie(open(proof));
        Reply anew =
                server.send("POST", "/tarn/v1/session", proof, "Content-Type", "application/json", "Cookie", first);
        assertThat(anew.status()).isEqualTo(200);
        assertThat(status(first)).isEqualTo(401);
        assertThat(status(elsewhere)).isEqualTo(200);
        assertThat(status(cookie(anew))).isEqualTo(200);
        Reply wrong = server.send(
                "POST", "/tarn/v1/session", "{\"key\":\"x\"}", "Content-Type", "application/json", "Cookie", elsewhere);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(status(elsewhere)).isEqualTo(200);
    }

    private int status(String cookie) {
        return server.send("GET", "/tarn/v1/session", null, "Cookie", cookie).status();
    }

    @Test
    void wrongProofs() {
        for (String body : new String[] {
            "{\"key\":\"dlx_sk_v1_wrong\"}",
            "{\"username\":\"admin\",\"password\":\"wrong\"}",
            "{\"username\":\"nobody\",\"password\":\"wrong\"}"
        }) {
            Reply reply = open(body);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.json().get("code").asString()).isEqualTo("unauthenticated");
            assertThat(reply.header("Set-Cookie")).isEmpty();
        }
        for (String body :
                new String[] {"{}", "{\"key\":\"a\",\"password\":\"b\"}", "{\"username\":\"a\"}", "{\"key\":null}"}) {
            assertThat(open(body).status()).isEqualTo(400);
        }
    }

    @Test
    void anotherPassword() {
        try (RunningServer alone = RunningServer.start()) {
            JsonNode credentials = JsonMapper.shared()
                    .readTree(alone.home().resolve("credentials.json").toFile());
            String first = credentials.get("password").asString();
            String signIn = "{\"username\":\"admin\",\"password\":\"%s\"}";
            String change = "{\"current_password\":\"%s\",\"new_password\":\"%s\"}";
            String elsewhere = cookie(alone, signIn.formatted(first));

            for (String refused : List.of(
                    "{}",
                    change.formatted(first, "short"),
                    change.formatted(first, "iloveyou1"),
                    change.formatted(first, first))) {
                assertThat(alone.post("/tarn/v1/session/password", refused).status())
                        .as(refused)
                        .isEqualTo(400);
            }
            Reply wrong = alone.post("/tarn/v1/session/password", change.formatted("wrong", "three quiet rivers"));
            assertThat(wrong.status()).isEqualTo(403);
            Reply right = alone.post("/tarn/v1/session/password", change.formatted(first, "three quiet rivers"));
            assertThat(right.status()).as(right.body()).isEqualTo(204);

            assertThat(alone.send("GET", "/tarn/v1/session", null, "Cookie", elsewhere)
                            .status())
                    .as("a session that was open elsewhere")
                    .isEqualTo(401);
            assertThat(signIn(alone, signIn.formatted(first)).status()).isEqualTo(401);
            assertThat(signIn(alone, signIn.formatted("three quiet rivers")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoGuessesAPasswordWaitsAndNobodyElse() {
        try (RunningServer alone = RunningServer.start()) {
            String guess = "{\"current_password\":\"wrong\",\"new_password\":\"three quiet rivers\"}";
            for (int i = 0; i < 5; i++) {
                assertThat(alone.post("/tarn/v1/session/password", guess).status())
                        .isEqualTo(403);
            }
            assertThat(alone.post("/tarn/v1/session/password", guess).status()).isEqualTo(429);
            String password = JsonMapper.shared()
                    .readTree(alone.home().resolve("credentials.json").toFile())
                    .get("password")
                    .asString();
            assertThat(signIn(alone, "{\"username\":\"admin\",\"password\":\"" + password + "\"}")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static Reply signIn(RunningServer at, String proof) {
        return at.send("POST", "/tarn/v1/session", proof, "Content-Type", "application/json");
    }

    private static String cookie(RunningServer at, String proof) {
        return signIn(at, proof).header("Set-Cookie").split(";", 2)[0];
    }

    @Test
    void aBearerSeesItselfWithoutAToken() {
        Reply reply = server.get("/tarn/v1/session");
        assertThat(reply.status()).isEqualTo(200);
        assertSession(reply.json());
        assertThat(reply.json().get("csrf_token").isNull()).isTrue();
        assertThat(server.send("GET", "/tarn/v1/session", null).status()).isEqualTo(401);
    }

    @Test
    void aCookieReadsWithoutATokenAndChangesOnlyWithOne() {
        Reply opened = open("{\"key\":\"" + server.key() + "\"}");
        String cookie = cookie(opened);
        String token = opened.json().get("csrf_token").asString();

        Reply shown = server.send("GET", "/tarn/v1/session", null, "Cookie", cookie);
        assertThat(shown.json()).isEqualTo(opened.json());

        String body = "{\"name\":\"by cookie\"}";
        String[] json = {"Cookie", cookie, "Content-Type", "application/json"};
        assertThat(server.send("POST", "/tarn/v1/keys", body, json).status()).isEqualTo(403);
        assertThat(server.send("POST", "/tarn/v1/keys", body, with(json, "X-CSRF-Token", "wrong"))
                        .status())
                .isEqualTo(403);
        assertThat(server.send("DELETE", "/tarn/v1/session", null, "Cookie", cookie)
                        .status())
                .isEqualTo(403);
        assertThat(server.send("POST", "/tarn/v1/keys", body, with(json, "X-CSRF-Token", token))
                        .status())
                .isEqualTo(201);

        Reply ended = server.send("DELETE", "/tarn/v1/session", null, "Cookie", cookie, "X-CSRF-Token", token);
        assertThat(ended.status()).isEqualTo(204);
        assertThat(ended.body()).isEmpty();
        assertThat(ended.header("Set-Cookie")).startsWith("tarn_session=; Path=/; Max-Age=0");
        assertThat(server.send("GET", "/tarn/v1/session", null, "Cookie", cookie)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aSessionEndsWithTheKeyThatOpenedIt() {
        JsonNode made =
                server.post("/tarn/v1/keys", "{\"name\":\"for a session\"}").json();
        String cookie = cookie(open("{\"key\":\"" + made.get("key").asString() + "\"}"));
        assertThat(server.send("GET", "/tarn/v1/keys", null, "Cookie", cookie).status())
                .isEqualTo(200);
        server.delete("/tarn/v1/keys/" + made.get("id").asString());
        assertThat(server.send("GET", "/tarn/v1/keys", null, "Cookie", cookie).status())
                .isEqualTo(401);
    }

    private Reply open(String body) {
        return server.send("POST", "/tarn/v1/session", body, "Content-Type", "application/json");
    }

    private static String cookie(Reply opened) {
        String header = opened.header("Set-Cookie");
        return header.substring(0, header.indexOf(';'));
    }

    private static String[] with(String[] headers, String name, String value) {
        String[] more = java.util.Arrays.copyOf(headers, headers.length + 2);
        more[headers.length] = name;
        more[headers.length + 1] = value;
        return more;
    }

    private static void assertSession(JsonNode session) {
        assertThat(session.propertyNames()).containsExactly("user", "tenant", "workspace", "roles", "csrf_token");
        for (String named : new String[] {"user", "tenant", "workspace"}) {
            assertThat(session.get(named).propertyNames()).containsExactly("id", "name");
            assertThat(session.get(named).get("id").asString()).hasSize(36);
        }
        assertThat(session.get("user").get("name").asString()).isEqualTo("admin");
        assertThat(session.get("tenant").get("name").asString()).isEqualTo("default");
        assertThat(session.get("workspace").get("name").asString()).isEqualTo("default");
        assertThat(session.get("roles").toString()).isEqualTo("[\"Admin\"]");
    }
}
