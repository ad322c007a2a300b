package dev.tarn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The server with a certificate of its own. */
class TlsTest {
    @TempDir
    Path folder;

    private Path certificate = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void names() {
        certificate = folder.resolve("server.crt");
        key = folder.resolve("server.key");
    }

    private RunningServer start() {
        return RunningServer.start(
                folder.resolve("home"),
                "tarn.server.tls.certificate=" + certificate,
                "tarn.server.tls.private-key=" + key,
                "tarn.server.tls.reload=50ms");
    }

    private void install(TestCertificate made) throws Exception {
        made.writeCertificate(certificate);
        made.writeKey(key);
    }

    private static HttpResponse<String> ask(List<TestCertificate> trusted, HttpRequest.Builder to) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(TestCertificate.trusting(trusted))
                .build()) {
            return client.send(to.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpRequest.Builder to(RunningServer server, String path) {
        return HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + server.address().getPort() + path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void everythingIsServedOverTls(String algorithm) throws Exception {
        TestCertificate made = TestCertificate.make(folder, "one", algorithm);
        install(made);
        try (RunningServer server = start()) {
            HttpResponse<String> answer = ask(
                    List.of(made), to(server, "/tarn/v1/session").header("Authorization", "Bearer " + server.key()));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
            HttpResponse<String> session = ask(
                    List.of(made),
                    to(server, "/tarn/v1/session")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"" + server.key() + "\"}")));
            String cookie = session.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie)
                    .startsWith("__Host-tarn_session=")
                    .contains("; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/");
            HttpResponse<String> again =
                    ask(List.of(made), to(server, "/tarn/v1/session").header("Cookie", cookie.replaceFirst(";.*", "")));
            assertThat(again.statusCode()).isEqualTo(200);
            // A cookie that a page of plain HTTP could have planted is none.
            HttpResponse<String> planted = ask(
                    List.of(made),
                    to(server, "/tarn/v1/session")
                            .header("Cookie", cookie.replaceFirst(";.*", "").replace("__Host-", "")));
            assertThat(planted.statusCode()).isEqualTo(401);
            assertThat(JsonMapper.builder()
                            .build()
                            .readTree(server.home().resolve("credentials.json").toFile())
                            .get("url")
                            .asString())
                    .startsWith("https://127.0.0.1:");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLSv1.3 TLS_AES_128_GCM_SHA256 true",
                "TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 true",
                "TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384 false",
                "TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA false"
            })
    void ciphersWithoutAuthenticatedEncryptionAreRefused(String text) throws Exception {
        String[] words = text.split(" ", -1);
        TestCertificate made = TestCertificate.make(folder, "one", "EC");
        install(made);
        try (RunningServer server = start();
                SSLSocket socket = (SSLSocket) TestCertificate.trusting(List.of(made))
                        .getSocketFactory()
                        .createSocket("127.0.0.1", server.address().getPort())) {
            socket.setEnabledProtocols(new String[] {words[0]});
            socket.setEnabledCipherSuites(new String[] {words[1]});
            if (Boolean.parseBoolean(words[2])) {
                socket.startHandshake();
                assertThat(socket.getSession().getCipherSuite()).isEqualTo(words[1]);
            } else {
                assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
            }
        }
    }

    @Test
    void oldProtocolsAndPlainHttpAreRefused() throws Exception {
        TestCertificate made = TestCertificate.make(folder, "one", "EC");
        install(made);
        try (RunningServer server = start()) {
            int port = server.address().getPort();
            try (SSLSocket socket = (SSLSocket)
                    TestCertificate.trusting(List.of(made)).getSocketFactory().createSocket("127.0.0.1", port)) {
                String[] old = {"TLSv1.1", "TLSv1"};
                socket.setEnabledProtocols(old);
                assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
            }
            try (java.net.Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
                plain.getOutputStream()
                        .write("GET /tarn/v1/session HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                InputStream in = plain.getInputStream();
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 400");
            }
        }
    }

    @Test
    void aNewCertificateIsTakenWithoutARestartAndAHalfReplacedOneIsNot() throws Exception {
        TestCertificate first = TestCertificate.make(folder, "one", "EC");
        TestCertificate second = TestCertificate.make(folder, "two", "RSA");
        install(first);
        try (RunningServer server = start()) {
            assertThat(worksWith(server, first)).isTrue();
            second.writeCertificate(certificate); // and not yet its key
            Thread.sleep(300);
            assertThat(worksWith(server, first)).isTrue();
            Files.writeString(key, "half a key");
            Thread.sleep(200);
            assertThat(worksWith(server, first)).isTrue();
            second.writeKey(key);
            for (int i = 0; i < 100 && !worksWith(server, second); i++) {
                Thread.sleep(50);
            }
            assertThat(worksWith(server, second)).isTrue();
            assertThat(worksWith(server, first)).isFalse();
        }
    }

    private static boolean worksWith(RunningServer server, TestCertificate trusted) throws Exception {
        try {
            return ask(List.of(trusted), to(server, "/livez")).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whatCannotBeUsedIsSaidAtStart() throws Exception {
        TestCertificate first = TestCertificate.make(folder, "one", "EC");
        TestCertificate second = TestCertificate.make(folder, "two", "EC");
        assertThatThrownBy(this::start).hasStackTraceContaining("server.crt").hasStackTraceContaining("cannot be read");
        install(first);
        second.writeKey(key);
        assertThatThrownBy(this::start).hasStackTraceContaining("is not the key of the certificate");
        Files.writeString(key, "");
        assertThatThrownBy(this::start).hasStackTraceContaining("no private key");
        assertThatThrownBy(
                        () -> RunningServer.start(folder.resolve("home"), "tarn.server.tls.certificate=" + certificate))
                .hasStackTraceContaining("go together");
    }
}
