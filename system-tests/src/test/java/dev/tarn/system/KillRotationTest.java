package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the server while it replaces the key of secrets. After each restart answers that showed a secret
 * are repeated word for word, people sign in, and the next rotation opens and seals every value there is and leaves one key.
 */
class KillRotationTest {
    private static final int FEW = 6;
    private static final int SECRETS = 600;
    private static final int KEPT_ANSWERS = 20;
    private static final String PASSWORD = "a good password";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path home;

    private final Map<String, String> keptAnswers = new LinkedHashMap<>();

    @Test
    @Tag("faults")
    void afterAKillAtAnyMomentOfARotationEverySecretOpens() {
        String given = System.getProperty("tarn.seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.out.println("Kills at moments from -Dtarn.seed=" + seed);
        Random random = new Random(seed);
        int rounds = Integer.getInteger("tarn.faults.rounds", FEW);
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home))) {
            fill(server.api());
            rotated(server.api(), "the first");
            long begun = System.nanoTime();
            int all = rotated(server.api(), "the second");
            long whole = System.nanoTime() - begun;
            assertThat(all).isGreaterThanOrEqualTo(SECRETS + KEPT_ANSWERS + 2);
            int interrupted = 0;
            for (int round = 0; round < rounds; round++) {
                Duration after = Duration.ofNanos((long) (random.nextDouble() * whole));
                Api api = server.api();
                CompletableFuture<Optional<Answer>> answer = CompletableFuture.supplyAsync(() -> tried(api));
                Eventually.pause(after);
                server.kill();
                String what = "round %d, killed after %s of %s".formatted(round, after, Duration.ofNanos(whole));
                Optional<Answer> answered = answer.join();
                interrupted += answered.isEmpty() ? 1 : 0;
                answered.ifPresent(known -> assertThat(known.status()).as(what).isEqualTo(200));

                server.startAgain();

                assertEverythingOpens(server.api(), what, all);
            }
            System.out.printf("%d of %d rotations were cut off%n", interrupted, rounds);
        }
    }

    private void fill(Api api) {
        String value = "x".repeat(8_000);
        for (int i = 0; i < SECRETS; i++) {
            assertThat(api.put("/tarn/v1/secrets/secret-" + i, Map.of("value", value + i))
                            .status())
                    .isEqualTo(204);
        }
        for (int i = 0; i < KEPT_ANSWERS; i++) {
            Answer made = makeKey(api, "kept-" + i);
            assertThat(made.status()).as(made.toString()).isEqualTo(201);
            keptAnswers.put("kept-" + i, made.json().path("key").asString());
        }
        Map<String, String> provider =
                Map.of("issuer", "https://login.example.com", "client_id", "tarn", "client_secret", "client secret");
        assertThat(api.put("/tarn/v1/identity-providers/company", provider).status())
                .isEqualTo(200);
        assertThat(api.post("/tarn/v1/users", Map.of("name", "ann", "password", PASSWORD))
                        .status())
                .isEqualTo(201);
        assertSignsIn(api, "at first");
    }

    private static Answer makeKey(Api api, String once) {
        return api.postOnce("/tarn/v1/keys", once, Map.of("name", once));
    }

    private void assertEverythingOpens(Api api, String what, int all) {
        // A second one is there when it was made and no value was sealed with it yet: the next rotation takes that.
        assertThat(keysInFile()).as(what).isBetween(1L, 2L);
        keptAnswers.forEach(
                (once, key) -> assertThat(makeKey(api, once).json().path("key").asString())
                        .as(what)
                        .isEqualTo(key));
        assertSignsIn(api, what);
        assertThat(rotated(api, what)).as(what).isEqualTo(all);
        assertThat(keysInFile()).as(what).isEqualTo(1);
    }

    /** The signing key is a sealed value too. */
    private static void assertSignsIn(Api api, String what) {
        Answer login = api.form("/api/v1/login/access-token", Map.of("username", "ann", "password", PASSWORD));
        assertThat(login.status()).as(what + ": " + login).isEqualTo(200);
        assertThat(api.withKey(login.json().path("access_token").asString())
                        .get("/tarn/v1/session")
                        .status())
                .as(what)
                .isEqualTo(200);
    }

    /** How many values were opened and sealed anew. */
    private static int rotated(Api api, String what) {
        Answer answer = api.post("/tarn/v1/secrets/rotate-key", Map.of());
        assertThat(answer.status()).as(what + ": " + answer).isEqualTo(200);
        return answer.json().path("resealed").asInt();
    }

    private static Optional<Answer> tried(Api api) {
        try {
            return Optional.of(api.post("/tarn/v1/secrets/rotate-key", Map.of()));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private long keysInFile() {
        try {
            return Files.readAllLines(home.resolve("secret.key")).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
