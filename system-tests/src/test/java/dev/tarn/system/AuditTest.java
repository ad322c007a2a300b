package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The audit trail's chain when servers are killed while they seal, one alone and two on one database. */
class AuditTest {
    private static final int KILLS = 3;
    private static final int STATEMENTS = 60;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void aKillWhileSealingLeavesAWholeChain() {
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(folder.resolve("home")))) {
            for (int kill = 1; kill <= KILLS; kill++) {
                List<CompletableFuture<Integer>> writers =
                        List.of(statements(server.api(), "killed"), statements(server.api(), "killed"));
                Eventually.pause(Duration.ofMillis(1_200 + 170L * kill));
                server.kill();
                writers.forEach(CompletableFuture::join);
                server.startAgain();
                JsonNode report = verified(server.api());
                assertThat(report.path("intact").asBoolean())
                        .as(report.toString())
                        .isTrue();
            }
            Eventually.within(
                    Duration.ofSeconds(20),
                    "all is sealed",
                    () -> verified(server.api()).path("unsealed").asLong() <= 1);
            assertThat(server.stop()).isEqualTo(143);
        }
    }

    @Test
    void twoServersSealOneChainAndOneGoesOnWhenTheOtherIsKilled() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .start()) {
            String database = postgres.getJdbcUrl("postgres", "postgres");
            try (ServerUnderTest first = ServerUnderTest.start(setup("a", database));
                    ServerUnderTest second = ServerUnderTest.startBeside(first, setup("b", database))) {
                Api living = second.api();
                for (int kill = 1; kill <= KILLS; kill++) {
                    List<CompletableFuture<Integer>> writers = List.of(
                            statements(first.api(), "killed"),
                            statements(first.api(), "killed"),
                            statements(living, "living"));
                    Eventually.pause(Duration.ofMillis(1_500 + 190L * kill));
                    first.kill();
                    writers.getFirst().join();
                    writers.get(1).join();
                    assertThat(writers.getLast().join())
                            .as("the other serves on")
                            .isEqualTo(STATEMENTS);
                    JsonNode report = verified(living);
                    assertThat(report.path("intact").asBoolean())
                            .as(report.toString())
                            .isTrue();
                    first.startAgain();
                }
                Eventually.within(
                        Duration.ofSeconds(30),
                        "the dead server's lease is taken over and all is sealed",
                        () -> verified(living).path("unsealed").asLong() <= 1);
                assertThat(entries(living, "q=of%20the%20living")).isEqualTo(KILLS * STATEMENTS);

                edit(database, "UPDATE audit_entries SET actor_name = 'nobody' WHERE sequence = 9");
                JsonNode edited = verified(first.api());
                assertThat(edited.path("intact").asBoolean()).isFalse();
                assertThat(edited.at("/problems/0/sequence").asLong()).isEqualTo(9);
            }
        }
    }

    /** Runs statements until the server is gone, or there were enough; how many were answered. */
    private static CompletableFuture<Integer> statements(Api api, String word) {
        return CompletableFuture.supplyAsync(() -> {
            int answered = 0;
            try {
                for (int i = 0; i < STATEMENTS; i++) {
                    if (api.sql("SELECT " + i + " AS \"of the " + word + "\"").status() == 200) {
                        answered++;
                    }
                }
            } catch (UncheckedIOException e) {
                // killed
            }
            return answered;
        });
    }

    private static JsonNode verified(Api api) {
        Answer answer = api.post("/tarn/v1/audit/verify", Map.of("heads", List.of()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static long entries(Api api, String query) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get("/tarn/v1/audit?verb=run&limit=500&" + query + cursor)
                    .json();
            page.path("entries").forEach(entry -> ids.add(entry.path("id").asString()));
            cursor = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asString();
        } while (!cursor.isEmpty());
        return ids.size();
    }

    private static void edit(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private ServerSetup setup(String name, String database) throws IOException {
        return ServerSetup.on(folder.resolve(name)).sharing(database, folder.resolve("warehouse"));
    }
}
