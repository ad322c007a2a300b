package dev.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients that close their connection while their statement runs. The server has one place, so what goes on is seen. */
class ClientGoneTest {
    private static final RunningServer SERVER = RunningServer.start("tarn.sql.running=1");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String HOURS =
            "select '%s', count(*) from range(1000000000000) a, range(1000000) b where a.range = b.range + 7";

    private static void until(Duration patience, String what, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static Socket connect(SocketFactory sockets, RunningServer server) throws IOException {
        return sockets.createSocket(
                InetAddress.getLoopbackAddress(), server.address().getPort());
    }

    private static void send(RunningServer server, Socket socket, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(path, server.key(), bytes.length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private static JsonNode history(RunningServer server, String word) {
        return server.get("/tarn/v1/statements?q=" + word).json().at("/statements/0");
    }

    private static String word() {
        return "w" + UUID.randomUUID().toString().replace("-", "");
    }

    private static void startAndLeave(RunningServer server, SocketFactory sockets, String path, String more)
            throws Exception {
        String word = word();
        String body = JSON.writeValueAsString(
                JSON.createObjectNode().put("statement", HOURS.formatted(word)).put("timeout_ms", 600_000));
        try (Socket socket = sockets.createSocket("127.0.0.1", server.address().getPort())) {
            send(server, socket, path, body.replaceFirst("}$", more + "}"));
            until(
                    Duration.ofSeconds(20),
                    "it runs",
                    () -> history(server, word).path("state").asString("").equals("running"));
            Thread.sleep(700); // at least one look finds the client there
            assertThat(history(server, word).get("state").asString()).isEqualTo("running");
        }
        until(
                SOON,
                "it is cancelled",
                () -> history(server, word).get("state").asString().equals("cancelled"));
        assertThat(history(server, word).get("elapsed_ms").asLong()).isLessThan(30_000);
        assertThat(history(server, word).at("/error/code").asString()).isEqualTo("statement_cancelled");
        assertThat(history(server, word).at("/error/detail").asString()).contains("client closed the connection");
        Reply next = server.post("/tarn/v1/statements", "{\"statement\": \"select 1\", \"timeout_ms\": 10000}");
        assertThat(next.status()).as("the place is free: " + next.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/sql/execute | ''",
                "/tarn/v1/statements | ''",
                "/tarn/v1/statements/export | ',\"format\":\"parquet\"'",
                "/tarn/v1/statements/export | ',\"table\":\"iceberg.gone.kept\"'"
            })
    void theirStatementEnds(String path, String more) throws Exception {
        startAndLeave(SERVER, SocketFactory.getDefault(), path, more);
        assertThat(SERVER.get("/tarn/v1/tables/iceberg.gone.kept").status()).isEqualTo(404);
    }

    @Test
    void overTlsToo(@TempDir Path folder) throws Exception {
        TestCertificate made = TestCertificate.make(folder, "one", "EC");
        made.writeCertificate(folder.resolve("server.crt"));
        made.writeKey(folder.resolve("server.key"));
        try (RunningServer server = RunningServer.start(
                folder.resolve("home"),
                "tarn.server.tls.certificate=" + folder.resolve("server.crt"),
                "tarn.server.tls.private-key=" + folder.resolve("server.key"))) {
            startAndLeaveOverTls(server, made);
        }
    }

    /** Tests ask over plain HTTP elsewhere, so the history is read from the server's own bean here. */
    private static void startAndLeaveOverTls(RunningServer server, TestCertificate made) throws Exception {
        UUID id = UUID.randomUUID();
        dev.tarn.sql.StatementHistory history = server.bean(dev.tarn.sql.StatementHistory.class);
        BooleanSupplier runs = () -> state(server, history, id).equals("running");
        try (Socket socket = connect(TestCertificate.trusting(List.of(made)).getSocketFactory(), server)) {
            send(
                    server,
                    socket,
                    "/tarn/v1/statements",
                    JSON.writeValueAsString(
                            JSON.createObjectNode().put("id", id.toString()).put("statement", HOURS.formatted("tls"))));
            until(Duration.ofSeconds(20), "it runs", runs);
            Thread.sleep(1_200);
            assertThat(runs.getAsBoolean()).isTrue();
        }
        until(SOON, "it is cancelled", () -> state(server, history, id).equals("cancelled"));
    }

    private static String state(RunningServer server, dev.tarn.sql.StatementHistory history, UUID id) {
        try {
            return history.find(server.admin(), id).state().text();
        } catch (dev.tarn.platform.TarnException e) {
            return "unknown";
        }
    }

    @Test
    void whatWaitsForAPlaceEndsToo() throws Exception {
        UUID running = UUID.randomUUID();
        String word = word();
        try (Socket first = connect(SocketFactory.getDefault(), SERVER)) {
            send(
                    SERVER,
                    first,
                    "/tarn/v1/statements",
                    JSON.writeValueAsString(JSON.createObjectNode()
                            .put("id", running.toString())
                            .put("statement", HOURS.formatted("first"))));
            until(
                    Duration.ofSeconds(20),
                    "it runs",
                    () -> SERVER.get("/tarn/v1/statements/" + running).status() == 200);
            try (Socket second = connect(SocketFactory.getDefault(), SERVER)) {
                send(SERVER, second, "/tarn/v1/statements", "{\"statement\": \"select '%s'\"}".formatted(word));
                until(
                        Duration.ofSeconds(5),
                        "it waits",
                        () -> !history(SERVER, word).isMissingNode());
            }
            until(
                    SOON,
                    "it is cancelled",
                    () -> history(SERVER, word).get("state").asString().equals("cancelled"));
            assertThat(SERVER.get("/tarn/v1/statements/" + running)
                            .json()
                            .get("state")
                            .asString())
                    .isEqualTo("running");
        }
    }

    /** A client may send its next request before it has the answer; the looks find those bytes and must not lose them. */
    @Test
    void whatAClientSendsMeanwhileIsItsNextRequest() throws Exception {
        String slow =
                "{\"statement\": \"select count(*) as n from range(80000000) a, range(100000) b where a.range = b.range + 7\"}";
        try (Socket socket = connect(SocketFactory.getDefault(), SERVER)) {
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int round = 0; round < 2; round++) {
                send(SERVER, socket, "/v1/sql/execute", slow);
                Thread.sleep(100);
                send(SERVER, socket, "/v1/sql/execute", "{\"statement\": \"select %d as answer\"}".formatted(round));
                assertThat(body(answers)).contains("\"n\":100000");
                assertThat(body(answers)).contains("\"answer\":" + round);
            }
        }
    }

    private static String body(BufferedReader answers) throws IOException {
        String status = answers.readLine();
        int length = 0;
        for (String header = answers.readLine(); !header.isEmpty(); header = answers.readLine()) {
            if (header.startsWith("Content-Length: ")) {
                length = Integer.parseInt(header.substring("Content-Length: ".length()));
            }
        }
        char[] body = new char[length];
        for (int at = 0; at < length; ) {
            at += answers.read(body, at, length - at);
        }
        assertThat(status).as(new String(body)).startsWith("HTTP/1.1 200");
        return new String(body);
    }
}
