package dev.tarn.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every owner of a path answers every kind of failure in its own documented shape. */
class FailureShapesTest {
    private static final String GARBAGE = "dlx_sk_v1_garbage";
    private final RunningServer server = RunningServer.shared();

    /** One path a contract that nobody serves. */
    private static final List<Row> OWNERS = List.of(
            new Row(Contract.DATALYNXR, "/v1/sql/no-such-call"),
            new Row(Contract.DATIXLAB, "/v1/no-such-call"),
            new Row(Contract.DRLS, "/api/no-such-call"),
            new Row(Contract.DRLS, "/notebook/no-such-call"),
            new Row(Contract.DATALINKS, "/api/v1/no-such-call"),
            new Row(Contract.DATALINKS, "/api/pipeline/x/trace"),
            new Row(Contract.DATA_ML, "/api/v1/users/no/such/call"),
            new Row(Contract.ICEBERG, "/iceberg/v1/no-such-call"),
            new Row(Contract.TARN, "/tarn/v1/no-such-call"));

    record Row(Contract contract, String path) {}

    static Stream<Row> owners() {
        return OWNERS.stream();
    }

    @ParameterizedTest
    @MethodSource("owners")
    void withoutAKey(Row row) {
        Reply reply = server.send("GET", row.path(), null);
        assertShape(row.contract(), reply, 401, "unauthenticated");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
        if (row.contract() == Contract.DATA_ML) {
            assertThat(reply.body()).isEqualTo("{\"detail\":\"Not authenticated\"}");
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void withAGarbageKey(Row row) {
        for (String header : List.of("Bearer " + GARBAGE, "Bearer", "Basic YTpi", "Bearer " + "x".repeat(5_000))) {
            Reply reply = server.send("GET", row.path(), null, "Authorization", header);
            int status = row.contract() == Contract.DATA_ML ? 403 : 401;
            assertShape(row.contract(), reply, status, "unauthenticated");
            if (row.contract() == Contract.DATA_ML) {
                assertThat(reply.body()).isEqualTo("{\"detail\":\"Could not validate credentials\"}");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void anUnknownPathWithAGoodKey(Row row) {
        assertShape(row.contract(), server.get(row.path()), 404, "not_found");
        for (String method : methodsThatStay(row)) {
            Reply reply = server.send(
                    method,
                    row.path(),
                    "{",
                    "Authorization",
                    "Bearer " + server.key(),
                    "Content-Type",
                    "application/json");
            assertShape(row.contract(), reply, 404, "not_found");
        }
    }

    /** With another method a path of the ingest proxy belongs to DRLS. */
    private static List<String> methodsThatStay(Row row) {
        return row.path().startsWith("/api/pipeline") ? List.of() : List.of("POST", "PUT", "PATCH", "DELETE");
    }

    @Test
    void aWrongMethod() {
        Reply reply = server.send(
                "PUT",
                "/tarn/v1/keys",
                "{}",
                "Authorization",
                "Bearer " + server.key(),
                "Content-Type",
                "application/json");
        assertShape(Contract.TARN, reply, 405, "method_not_allowed");
        assertThat(reply.header("Allow")).isEqualTo("GET, POST");
        assertShape(Contract.TARN, server.send("POST", "/livez", "{}"), 405, "method_not_allowed");
    }

    @Test
    void brokenJsonOfEveryKind() {
        List<String> broken = new ArrayList<>(List.of(
                "{", "", "nonsense", "{\"name\":\"a\",\"name\":\"b\"}", "{\"name\":\"a\"} x", "{\"name\":\"\u0001\"}"));
        broken.add("{\"x\":" + "[".repeat(300) + "]".repeat(300) + "}");
        for (String body : broken) {
            Reply reply = server.post("/tarn/v1/keys", body);
            assertShape(Contract.TARN, reply, 400, "invalid_json");
        }
        assertThat(server.post("/tarn/v1/keys", "{\"name\":\n }")
                        .json()
                        .get("detail")
                        .asString())
                .contains("line 2")
                .doesNotContain("Source")
                .doesNotContain("tools.jackson");
    }

    @Test
    void wrongTypes() {
        for (String body : List.of(
                "[]",
                "{\"name\":5}",
                "{\"name\":{}}",
                "{\"name\":true}",
                "{\"name\":\"a\",\"expires_at\":\"soon\"}",
                "null")) {
            Reply reply = server.post("/tarn/v1/keys", body);
            assertThat(reply.status()).as(body).isEqualTo(400);
        }
        assertShape(Contract.TARN, server.post("/tarn/v1/keys", "{\"name\":5}"), 400, "invalid_request");
        assertThat(server.post("/tarn/v1/keys", "{\"name\":5}")
                        .json()
                        .get("detail")
                        .asString())
                .contains("name");
        assertShape(Contract.TARN, server.get("/tarn/v1/keys?limit=many"), 400, "invalid_request");
        assertShape(Contract.TARN, server.get("/tarn/v1/keys?limit=1001"), 400, "invalid_request");
        assertShape(Contract.TARN, server.get("/tarn/v1/keys?limit=0"), 400, "invalid_request");
        assertShape(Contract.TARN, server.get("/tarn/v1/keys?cursor=xyz"), 400, "invalid_request");
    }

    @Test
    void aMediaTypeThatIsNotJson() {
        Reply reply = server.send(
                "POST",
                "/tarn/v1/keys",
                "name=a",
                "Authorization",
                "Bearer " + server.key(),
                "Content-Type",
                "text/plain");
        assertShape(Contract.TARN, reply, 415, "unsupported_media_type");
    }

    @Test
    void aBodyThatIsTooLarge() {
        String large = "{\"name\":\"" + "x".repeat(17 * 1024 * 1024) + "\"}";
        assertShape(Contract.TARN, server.post("/tarn/v1/keys", large), 413, "payload_too_large");
        byte[] bytes = large.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Reply unannounced = server.sendBody(
                "POST",
                "/tarn/v1/keys",
                java.net.http.HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes)),
                "Authorization",
                "Bearer " + server.key(),
                "Content-Type",
                "application/json");
        assertShape(Contract.TARN, unannounced, 413, "payload_too_large");
    }

    @Test
    void requestIdsAreTakenWhenSafeAndMadeOtherwise() {
        assertThat(server.send("GET", "/livez", null, "X-Request-Id", "my-id.7:a_b")
                        .header("X-Request-Id"))
                .isEqualTo("my-id.7:a_b");
        for (String unsafe : List.of("a b", "<script>", "x".repeat(129), "-")) {
            assertThat(server.send("GET", "/livez", null, "X-Request-Id", unsafe)
                            .header("X-Request-Id"))
                    .isNotEqualTo(unsafe)
                    .hasSize(36);
        }
    }

    @Test
    void noSpellingOfAPathEscapesItsOwner() {
        for (String path : List.of("/%74arn/v1/keys", "/tarn;x=1/v1/keys", "/tarn/%761/keys;y", "/tarn/v1/keys;")) {
            assertThat(server.send("GET", path, null).status()).as(path).isEqualTo(401);
        }
    }

    private static void assertShape(Contract contract, Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.header("X-Request-Id")).isNotEmpty();
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Content-Type"))
                .startsWith(contract == Contract.TARN ? "application/problem+json" : "application/json");
        JsonNode body = reply.json();
        switch (contract) {
            case DATALYNXR -> {
                assertNames(body, "error");
                assertNames(body.get("error"), "code", "message");
                assertThat(body.get("error").get("code").asString()).isEqualTo(code);
            }
            case DATIXLAB -> {
                assertNames(body, "error");
                assertNames(body.get("error"), "code", "message", "details");
                assertThat(body.get("error").get("code").asString())
                        .isEqualTo(code.equals("unauthenticated") ? "unauthorized" : code);
                assertThat(body.get("error").get("details").isObject()).isTrue();
            }
            case DRLS -> {
                assertNames(body, "success", "error");
                assertThat(body.get("success").asBoolean()).isFalse();
                assertThat(body.get("error").isString()).isTrue();
            }
            case DATALINKS -> {
                assertNames(body, "error_code", "message", "error_message", "sub_errors");
                assertThat(body.get("error_code").asString())
                        .isEqualTo(code.equals("unauthenticated") ? "UNAUTHORIZED" : "NOT_FOUND");
                assertThat(body.get("error_message").asString()).isEmpty();
                assertThat(body.get("sub_errors").isArray()).isTrue();
            }
            case DATA_ML -> assertNames(body, "detail");
            case ICEBERG -> {
                assertNames(body, "error");
                assertNames(body.get("error"), "message", "type", "code");
                assertThat(body.get("error").get("code").asInt()).isEqualTo(status);
            }
            case TARN -> {
                assertThat(body.propertyNames()).startsWith("type", "title", "status", "detail", "code", "request_id");
                assertThat(body.get("type").asString()).isEqualTo("urn:tarn:error:" + code);
                assertThat(body.get("code").asString()).isEqualTo(code);
                assertThat(body.get("status").asInt()).isEqualTo(status);
                assertThat(body.get("request_id").asString()).isEqualTo(reply.header("X-Request-Id"));
            }
        }
    }

    private static void assertNames(JsonNode object, String... names) {
        assertThat(object.propertyNames()).containsExactly(names);
    }
}
