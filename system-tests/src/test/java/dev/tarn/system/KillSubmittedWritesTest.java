package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * kill -9 of the server while submitted statements and scripts write. What reads completed afterwards is in its tables exactly
 * once, what reads failed is in none of them, and no file is there that no table names.
 */
class KillSubmittedWritesTest {
    private static final int FEW = 3;
    private static final int SPREAD_MILLIS = 2_500;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path home;

    private int numbers;

    @Test
    void whatCompletedIsWrittenOnceAndNothingElseIs() {
        killInRounds(FEW);
    }

    @Test
    @Tag("faults")
    void whatCompletedIsWrittenOnceAndNothingElseIsHoweverOften() {
        killInRounds(Integer.getInteger("tarn.faults.rounds", FEW));
    }

    /** One that writes rows with a number of its own into table a, or into a and b. */
    private record Write(int number, boolean script, long rows) {
        String statement() {
            String rows = "SELECT %d AS k, range AS n FROM range(%d)".formatted(number, rows());
            return script
                    ? "BEGIN; INSERT INTO kill.a %s; INSERT INTO kill.b %s; COMMIT".formatted(rows, rows)
                    : "INSERT INTO kill.a " + rows;
        }
    }

    private void killInRounds(int rounds) {
        String given = System.getProperty("tarn.seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.out.println("Kills at moments from -Dtarn.seed=" + seed);
        Random random = new Random(seed);
        Map<String, Write> accepted = new LinkedHashMap<>();
        ServerSetup setup = ServerSetup.on(home).with("TARN_JOBS_RUNNING", "3");
        try (ServerUnderTest server = ServerUnderTest.start(setup)) {
            for (String table : List.of("a", "b")) {
                String id = Submitted.send(server.api(), "CREATE TABLE kill." + table + " (k BIGINT, n BIGINT)");
                assertThat(Submitted.status(Submitted.over(server.api(), id))).isEqualTo("completed");
            }
            for (int round = 0; round < rounds; round++) {
                submitAndKill(server, random, accepted);
                server.startAgain();
                check(server, "round " + round, accepted);
            }
        }
    }

    private void submitAndKill(ServerUnderTest server, Random random, Map<String, Write> accepted) {
        // A slow machine has done something, too, before the kill.
        Write first = new Write(++numbers, true, 5);
        String id = Submitted.send(server.api(), first.statement());
        accepted.put(id, first);
        Submitted.over(server.api(), id);
        int delay = random.nextInt(SPREAD_MILLIS);
        Thread killer = Thread.startVirtualThread(() -> {
            Eventually.pause(Duration.ofMillis(delay));
            server.kill();
        });
        try {
            for (int i = 0; i < 8; i++) {
                long rows = random.nextInt(3) > 0 ? 5 : 1_000_000 + random.nextInt(1_000_000);
                Write write = new Write(++numbers, random.nextBoolean(), rows);
                accepted.put(Submitted.send(server.api(), write.statement()), write);
            }
        } catch (UncheckedIOException e) {
            // It was killed meanwhile.
        }
        try {
            killer.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(ServerUnderTest server, String round, Map<String, Write> accepted) {
        Api api = server.api();
        int completed = 0;
        Map<Integer, Long> expectedA = new TreeMap<>();
        Map<Integer, Long> expectedB = new TreeMap<>();
        for (Map.Entry<String, Write> one : accepted.entrySet()) {
            JsonNode statement = Submitted.over(api, one.getKey());
            Write write = one.getValue();
            if (Submitted.status(statement).equals("completed")) {
                completed++;
                expectedA.put(write.number(), write.rows());
                if (write.script()) {
                    expectedB.put(write.number(), write.rows());
                }
            } else {
                assertThat(Submitted.status(statement))
                        .as(round + ": " + statement)
                        .isEqualTo("failed");
                assertThat(statement.at("/error/code").asString())
                        .as(round + ": " + statement)
                        .isIn("stopping", "conflict");
            }
        }
        System.out.printf("%s: %d of all %d completed%n", round, completed, accepted.size());
        assertThat(counts(api, "kill.a", accepted)).as(round).isEqualTo(expectedA);
        assertThat(counts(api, "kill.b", accepted)).as(round).isEqualTo(expectedB);
        server.tables().assertNothingMissingAndNoOrphans();
    }

    /** How many rows of each number there are; those of statements whose acceptance nobody heard of are left out. */
    private static Map<Integer, Long> counts(Api api, String table, Map<String, Write> accepted) {
        Map<Integer, Long> counts = new TreeMap<>();
        Answer answer = api.sql("SELECT k, count(*) AS n FROM " + table + " GROUP BY k");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        for (JsonNode row : answer.rows()) {
            int number = row.path("k").asInt();
            if (accepted.values().stream().anyMatch(write -> write.number() == number)) {
                counts.put(number, row.path("n").asLong());
            }
        }
        return counts;
    }
}
