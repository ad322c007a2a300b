package dev.tarn.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class OperationsGoldenTest {
    private final RunningServer server = RunningServer.shared();

    @Test
    void probes() {
        for (String path : new String[] {"/livez", "/readyz"}) {
            Reply reply = server.send("GET", path, null);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(reply.header("Content-Type")).startsWith("application/json");
        }
    }

    @Test
    void metrics() {
        server.get("/tarn/v1/session");
        server.get("/v1/attackers/chosen/path");
        Reply reply = server.get("/metrics");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(reply.body())
                .contains("http_server_requests_seconds_count{contract=\"tarn\",method=\"GET\","
                        + "route=\"/tarn/v1/session\",status=\"200\"}")
                .contains("jvm_memory_used_bytes")
                .contains("process_uptime_seconds")
                .doesNotContain("attackers");
    }

    @Test
    void openApiFilesAsYamlAndAsJson() {
        for (Contract contract : Contract.values()) {
            if (OpenApiController.class.getResource("/contracts/" + contract.text() + ".yaml") == null) {
                assertThat(server.send("GET", "/openapi/" + contract.text(), null)
                                .status())
                        .isEqualTo(404);
                continue;
            }
            Reply yaml = server.send("GET", "/openapi/" + contract.text(), null);
            assertThat(yaml.status()).isEqualTo(200);
            assertThat(yaml.header("Content-Type")).startsWith("application/yaml");
            assertThat(yaml.body()).contains("openapi: ").contains("3.1");
            Reply json = server.send("GET", "/openapi/" + contract.text(), null, "Accept", "application/json");
            assertThat(json.header("Content-Type")).startsWith("application/json");
            assertThat(json.json().get("openapi").asString()).startsWith("3.1");
            assertThat(json.json().get("paths").isObject()).isTrue();
        }
        assertThat(server.send("GET", "/openapi/nobody", null).status()).isEqualTo(404);
        assertThat(server.send("GET", "/openapi/../application", null).status()).isIn(400, 404);
    }

    @Test
    void theConsoleIsEveryOtherPageThatAcceptsHtml() {
        String[] html = {"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"};
        for (String path : new String[] {"/", "/sql", "/some/deep/route", "/tarn"}) {
            Reply reply = server.send("GET", path, null, html);
            assertThat(reply.status()).as(path).isEqualTo(200);
            assertThat(reply.header("Content-Type")).startsWith("text/html");
            assertThat(reply.body()).contains("<title>A console for tests</title>");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(reply.header("Content-Security-Policy"))
                    .contains("script-src 'self'")
                    .contains("frame-ancestors 'none'");
        }
        Reply asset = server.send("GET", "/assets/app-1a2b3c.js", null);
        assertThat(asset.header("Content-Type")).startsWith("text/javascript");
        assertThat(asset.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(server.send("GET", "/nothing", null).status()).isEqualTo(404);
        assertThat(server.send("POST", "/nothing", "x", html).status()).isEqualTo(404);
        assertThat(server.send("GET", "/tarn/v1/nothing", null, html).status()).isEqualTo(401);
        assertThat(server.send("GET", "/assets/../../application.yaml", null).status())
                .isIn(400, 404);
        assertThat(server.send("GET", "/..%2fapplication.yaml", null).status()).isIn(400, 404);
    }

    @Test
    void credentialsAreForTheirOwnerAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(server.home().resolve("credentials.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatTomcatRefusesItselfSaysNothingOfTomcat() throws IOException {
        for (String request : new String[] {
            "GET /{bad HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(20_000) + "\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: bad host\r\nConnection: close\r\n\r\n"
        }) {
            String answer = raw(request);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .doesNotContainIgnoringCase("tomcat")
                    .doesNotContain("<html");
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(server.address().getHost(), server.address().getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
