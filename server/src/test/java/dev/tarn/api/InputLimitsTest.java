package dev.tarn.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.contracts.ContractFile;
import dev.tarn.contracts.Operation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client sends, at every operation that takes JSON. */
class InputLimitsTest {
    private static final RunningServer SERVER = RunningServer.shared();

    static Stream<Operation> operationsWithJson() {
        return ContractFile.all().stream()
                .flatMap(file -> file.operations().stream())
                .filter(operation -> operation.state().handled())
                .filter(operation -> operation.node().at("/requestBody/content").has("application/json"));
    }

    private static Reply send(Operation operation, byte[] body, String type) {
        String path = operation.path().replace("{prefix}", "iceberg").replaceAll("\\{\\w+}", "x");
        return SERVER.sendBody(
                operation.method(),
                path,
                HttpRequest.BodyPublishers.ofByteArray(body),
                "Authorization",
                "Bearer " + SERVER.key(),
                "Content-Type",
                type);
    }

    private static Reply sendJson(Operation operation, String body) {
        return send(operation, body.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    /** Refused for what it is: neither done nor an error of the server. */
    private static void assertRefused(Operation operation, String what, Reply reply) {
        assertThat(reply.status()).as(operation + " " + what + " -> " + reply).isBetween(400, 499);
        // Iceberg's protocol names errors so.
        String told = reply.body().replaceFirst("\"type\":\"\\w+Exception\"", "");
        assertThat(told).as(operation + " " + what).doesNotContain("Exception", "\tat ", "tools.jackson");
    }

    @ParameterizedTest
    @MethodSource("operationsWithJson")
    void oddJsonIsRefusedEverywhere(Operation operation) {
        for (String body : List.of(
                "{\"name\":1,\"name\":2}",
                "{\"x\":{\"a\":1,\"a\":2}}",
                "{\"x\":" + "[".repeat(300) + "]".repeat(300) + "}",
                "{\"x\":" + "{\"a\":".repeat(300) + "1" + "}".repeat(300) + "}",
                "[".repeat(100_000),
                "{\"x\":1e999999999}{",
                "{\"" + "k".repeat(60_000) + "\":1}",
                "{\"x\":" + "9".repeat(2_000) + "}",
                "{'x':1}",
                "{\"x\":NaN}",
                "{\"x\":1,}",
                "{\"x\":1} trailing",
                "",
                "null",
                "[]",
                "\"text\"",
                "7")) {
            Reply reply = sendJson(operation, body);
            if (reply.status() / 100 != 2) { // a field that nobody asked for may be overlooked, and numbers are numbers
                assertRefused(operation, body.substring(0, Math.min(40, body.length())), reply);
            }
        }
        for (String repeated : List.of("{\"name\":1,\"name\":2}", "{\"x\":{\"a\":1,\"a\":2}}")) {
            // What the path names may be looked at first; Data-ML has a status of its own.
            assertThat(sendJson(operation, repeated).status())
                    .as(operation + " " + repeated)
                    .isIn(400, 404, 422);
        }
        assertThat(sendJson(operation, "{\"x\":" + "[".repeat(300) + "]".repeat(300) + "}")
                        .status())
                .as(operation + " deep")
                .isIn(400, 404, 422);
    }

    @ParameterizedTest
    @MethodSource("operationsWithJson")
    void otherTypesAndOtherCodingsAreRefusedEverywhere(Operation operation) {
        byte[] json = "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        // DataLinks' own clients send no type or another one, and are answered all the same.
        boolean anyType = PathOwner.of(operation.method(), operation.path()).contract() == Contract.DATALINKS;
        for (String type : anyType
                ? List.<String>of()
                : List.of(
                        "application/xml",
                        "application/x-www-form-urlencoded",
                        "text/html",
                        "garbage",
                        "application/x-java")) {
            assertRefused(operation, type, send(operation, json, type));
        }
        assertRefused(
                operation,
                "not UTF-8",
                send(operation, new byte[] {'{', '"', (byte) 0xC3, '"', '}'}, "application/json"));
    }

    @Test
    void headersHaveALimitOf16Kilobytes() throws IOException {
        assertThat(raw("GET /tarn/v1/session HTTP/1.1\r\nHost: a\r\nX-Large: " + "x".repeat(15_000)
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
        assertThat(raw("GET /tarn/v1/session HTTP/1.1\r\nHost: a\r\nX-Large: " + "x".repeat(17_000)
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        StringBuilder many = new StringBuilder("GET /livez HTTP/1.1\r\nHost: a\r\n");
        for (int i = 0; i < 500; i++) {
            many.append("X-").append(i).append(": 1\r\n");
        }
        assertThat(raw(many + "Connection: close\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /" + "x".repeat(17_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /tarn/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}{}{}",
                "POST /tarn/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST /tarn/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /tarn/v1/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "GET /tarn/v1/session HTTP/1.1\r\n\r\n",
                "GET /tarn/v1/session HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /tarn/v1/ses\0sion HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /tarn/v1/session HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
                "GET http://evil.example.com HTTP/9.9\r\nHost: a\r\n\r\n",
            })
    void whatCouldBeReadInTwoWaysIsRefused(String request) throws IOException {
        assertThat(raw(request)).matches("(?s)HTTP/1.1 (400|501|505|401).*").doesNotContain("Tomcat", "\tat ");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), SERVER.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            byte[] start = socket.getInputStream().readNBytes(12);
            return new String(start, StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=1&limit=2", "limit=1&%6Cimit=2", "limit&limit", "cursor=a&limit=1&cursor=b"})
    void aRepeatedParameterIsRefused(String query) {
        Reply refused = SERVER.get("/tarn/v1/keys?" + query);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("detail").asString()).contains("twice");
    }

    @Test
    void oneCredentialIsEnough() {
        String key = "Bearer " + SERVER.key();
        assertThat(SERVER.send("GET", "/tarn/v1/session", null, "Authorization", key, "Authorization", "Bearer x")
                        .status())
                .isEqualTo(401);
        assertThat(SERVER.send("GET", "/tarn/v1/session", null, "Authorization", "Bearer x", "Authorization", key)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void everyAnswerHasTheHeadersOfOwasp() {
        for (Reply reply : List.of(
                SERVER.get("/tarn/v1/session"),
                SERVER.send("GET", "/", null, "Accept", "text/html"),
                SERVER.send("GET", "/none", null),
                SERVER.send("GET", "/tarn/v1/session", null),
                SERVER.send("GET", "/livez", null))) {
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(reply.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(reply.header("Content-Security-Policy"))
                    .contains("frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe-eval");
            assertThat(reply.header("Server")).isEmpty();
            assertThat(reply.header("X-Powered-By")).isEmpty();
            assertThat(reply.header("Strict-Transport-Security")).isEmpty();
        }
        assertThat(SERVER.send("GET", "/", null, "Accept", "text/html").header("Content-Security-Policy"))
                .contains("script-src 'self';", "object-src 'none'");
        for (String answer : List.of("/tarn/v1/session", "/v1/none", "/livez")) {
            assertThat(SERVER.send("GET", answer, null).header("Content-Security-Policy"))
                    .startsWith("default-src 'none';");
        }
        assertThat(SERVER.get("/tarn/v1/session").header("Cache-Control")).isEqualTo("no-store");
        assertThat(SERVER.send("TRACE", "/tarn/v1/session", null).status()).isIn(401, 405);
    }
}
