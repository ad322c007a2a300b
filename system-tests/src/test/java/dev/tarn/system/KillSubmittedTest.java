package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * kill -9 of the server while submitted statements wait, run, and write their results. What was accepted is known afterwards and
 * ends: with its rows, or failed with a reason that says so. No other file is left.
 */
class KillSubmittedTest {
    private static final int FEW = 3;
    private static final int SPREAD_MILLIS = 1_500;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path home;

    @Test
    void whatWasAcceptedEndsAndWhatCompletedStays() {
        killInRounds(FEW);
    }

    @Test
    @Tag("faults")
    void whatWasAcceptedEndsAndWhatCompletedStaysHoweverOften() {
        killInRounds(Integer.getInteger("tarn.faults.rounds", FEW));
    }

    private void killInRounds(int rounds) {
        String given = System.getProperty("tarn.seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.out.println("Kills at moments from -Dtarn.seed=" + seed);
        Random random = new Random(seed);
        Map<String, Long> accepted = new LinkedHashMap<>();
        ServerSetup setup = ServerSetup.on(home).with("TARN_JOBS_RUNNING", "2");
        try (ServerUnderTest server = ServerUnderTest.start(setup)) {
            for (int round = 0; round < rounds; round++) {
                Map<String, Long> fresh = submitAndKill(server, random);
                accepted.putAll(fresh);
                server.startAgain();
                check(server, "round " + round, accepted, fresh);
            }
        }
    }

    /** Some are over by then, some run, some write their rows, some wait. */
    private static Map<String, Long> submitAndKill(ServerUnderTest server, Random random) {
        Api api = server.api();
        Map<String, Long> rows = new LinkedHashMap<>();
        Thread killer = Thread.startVirtualThread(() -> {
            Eventually.pause(Duration.ofMillis(random.nextInt(SPREAD_MILLIS)));
            server.kill();
        });
        try {
            for (int i = 0; i < 12; i++) {
                long count = random.nextBoolean() ? 5 : 1_000_000 + random.nextInt(1_000_000);
                rows.put(Submitted.send(api, "SELECT range AS n, 'some text' AS t FROM range(" + count + ")"), count);
            }
        } catch (UncheckedIOException e) {
            // It was killed meanwhile.
        }
        try {
            killer.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static void check(
            ServerUnderTest server, String round, Map<String, Long> accepted, Map<String, Long> fresh) {
        Api api = server.api();
        List<String> kept = new ArrayList<>();
        accepted.forEach((id, rows) -> {
            JsonNode statement = Submitted.over(api, id);
            if (Submitted.status(statement).equals("completed")) {
                kept.add(id);
                assertThat(statement.path("columns")).as(round).hasSize(2);
                Answer last = api.get("/v1/sql/queries/" + id + "?page_token=" + (rows - 1));
                assertThat(last.rows().getFirst().path("n").asLong()).as(round).isEqualTo(rows - 1);
            } else {
                assertThat(Submitted.status(statement)).as(round).isEqualTo("failed");
                assertThat(statement.at("/error/code").asString()).as(round).isEqualTo("stopping");
                assertThat(statement.at("/error/message").asString())
                        .as(round)
                        .contains("server stopped", "send it again");
            }
        });
        System.out.printf(
                "%s: %d accepted, %d of all %d completed%n", round, fresh.size(), kept.size(), accepted.size());
        assertThat(server.tables().openWrites()).as(round).isEmpty();
        assertThat(server.tables().present().stream()
                        .map(file -> file.resolveSibling(".").normalize())
                        .collect(Collectors.toSet()))
                .as(round + ": folders of results")
                .hasSize(kept.size());
    }
}
