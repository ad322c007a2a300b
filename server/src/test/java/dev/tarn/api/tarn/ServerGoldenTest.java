package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/server}. */
class ServerGoldenTest {
    private static final RunningServer SERVER = RunningServer.start("tarn.sql.running=1");

    private static JsonNode server() {
        return SERVER.get("/tarn/v1/server").json();
    }

    private static JsonNode serverOfAnotherTenant() {
        return SERVER.send("GET", "/tarn/v1/server", null, "Authorization", "Bearer " + SERVER.keyOfAnotherTenant())
                .json();
    }

    private static JsonNode until(Predicate<JsonNode> wanted) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (true) {
            JsonNode server = server();
            if (wanted.test(server)) {
                return server;
            }
            assertThat(Instant.now()).as(server.toString()).isBefore(end);
            Thread.sleep(20);
        }
    }

    private static CompletableFuture<Reply> run(UUID id) {
        return CompletableFuture.supplyAsync(() -> SERVER.post("/tarn/v1/statements", """
                {"id": "%s", "timeout_ms": 600000, "statement": "select count(*) from range(1000000000000) a, range(1000000) b"}""".formatted(id)));
    }

    @Test
    void theServerTellsOfItself() {
        JsonNode server = server();
        assertThat(List.copyOf(server.propertyNames()))
                .containsExactly(
                        "version",
                        "database",
                        "schema_version",
                        "java",
                        "disk",
                        "started_at",
                        "uptime_ms",
                        "scope",
                        "statements",
                        "loads",
                        "workers");
        assertThat(server.get("database").asString()).isEqualTo("sqlite");
        assertThat(server.get("schema_version").asString()).isEqualTo("8");
        assertThat(server.at("/disk/free_bytes").asLong()).isPositive();
        assertThat(Instant.parse(server.get("started_at").asString())).isBefore(Instant.now());
        assertThat(server.get("uptime_ms").asLong()).isBetween(0L, 3_600_000L);
        assertThat(server.get("scope").asString()).isEqualTo("server");
        assertThat(server.at("/workers/maximum").asLong()).isPositive();
        assertThat(server.at("/workers/fences").isArray()).isTrue();
    }

    @Test
    void whatRunsAndWaitsIsCountedAndOtherTenantsLearnNothingOfIt() throws Exception {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        CompletableFuture<Reply> running = run(first);
        until(server -> server.at("/statements/running").asInt() == 1
                && server.at("/workers/busy").asInt() == 1);
        CompletableFuture<Reply> waiting = run(second);
        try (Socket load =
                new Socket(InetAddress.getLoopbackAddress(), SERVER.address().getPort())) {
            load.getOutputStream().write("""
                    POST /tarn/v1/loads?table=iceberg.counted.rows HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer %s\r
                    Content-Type: text/csv\r
                    Content-Length: 4\r
                    \r
                    n
                    """.formatted(SERVER.key()).getBytes(StandardCharsets.US_ASCII));
            JsonNode busy = until(server -> server.at("/statements/waiting").asInt() == 1
                    && server.at("/loads/running").asInt() == 1);
            assertThat(busy.get("statements")).hasToString("{\"running\":1,\"waiting\":1}");
            assertThat(busy.get("loads")).hasToString("{\"running\":1,\"waiting\":0}");

            JsonNode elsewhere = serverOfAnotherTenant();
            assertThat(elsewhere.get("scope").asString()).isEqualTo("tenant");
            assertThat(elsewhere.get("statements")).hasToString("{\"running\":0,\"waiting\":0}");
            assertThat(elsewhere.get("loads")).hasToString("{\"running\":0,\"waiting\":0}");
            assertThat(elsewhere.get("workers").isNull()).isTrue();

            load.getOutputStream().write("1\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(load.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }
        assertThat(SERVER.delete("/tarn/v1/statements/" + second).status()).isEqualTo(204);
        assertThat(SERVER.delete("/tarn/v1/statements/" + first).status()).isEqualTo(204);
        assertThat(running.join().status()).isEqualTo(409);
        assertThat(waiting.join().status()).isEqualTo(409);
        JsonNode idle = until(server -> server.at("/workers/busy").asInt() == 0
                && server.at("/loads/running").asInt() == 0);
        assertThat(idle.get("statements")).hasToString("{\"running\":0,\"waiting\":0}");
        assertThat(idle.get("loads")).hasToString("{\"running\":0,\"waiting\":0}");
    }
}
