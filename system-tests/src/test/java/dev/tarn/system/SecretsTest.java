package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** No password, key, session or CSRF token is anywhere on the disk but in credentials.json. */
class SecretsTest {
    private static final String MISTYPED = "correct-horse-battery-staple";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path home;

    @Test
    void noSecretIsInLogsOrHome() {
        Map<String, String> secrets = new LinkedHashMap<>();
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home))) {
            Api api = server.api();
            String username = server.credentials().path("username").asString();
            String password = server.credentials().path("password").asString();
            secrets.put("the password", password);
            secrets.put("the first key", api.key());
            Answer made = api.post("/tarn/v1/keys", Map.of("name", "secret"));
            secrets.put("a made key", made.json().path("key").asString());
            Answer session = api.post("/tarn/v1/session", Map.of("username", username, "password", password));
            assertThat(session.status()).as(session.toString()).isEqualTo(200);
            String cookie = session.headers().firstValue("Set-Cookie").orElseThrow();
            secrets.put("the session", cookie.replaceFirst("^tarn_session=([^;]+);.*", "$1"));
            secrets.put("the CSRF token", session.json().path("csrf_token").asString());
            secrets.put("a mistyped password", MISTYPED);
            assertThat(api.post("/tarn/v1/session", Map.of("username", username, "password", MISTYPED))
                            .status())
                    .isEqualTo(401);
            assertThat(api.withKey("dlx_sk_v1_" + MISTYPED).sql("SELECT 1").status())
                    .isEqualTo(401);
            assertThat(api.post("/tarn/v1/session", Map.of("key", api.key())).status())
                    .isEqualTo(200);
            storeAndUse(api, secrets);
            api.loaded(Load.into("secrets.t").once("once").of(Csv.of(0, 3)));
            api.sql("SELECT * FROM secrets.t");
            api.sql("SELECT nothing FROM secrets.t");
            server.kill();
            server.startAgain();
            server.stop();
        }

        assertThat(secrets.values()).allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(10));
        assertThat(found(secrets)).isEmpty();
    }

    /** Secrets that the server must be able to use again, and answers that it must be able to repeat. */
    private static void storeAndUse(Api api, Map<String, String> secrets) {
        secrets.put("a stored secret", "stored-" + MISTYPED);
        assertThat(api.put("/tarn/v1/secrets/mail", Map.of("value", "stored-" + MISTYPED))
                        .status())
                .isEqualTo(204);
        secrets.put("a client secret", "client-" + MISTYPED);
        assertThat(api.put(
                                "/tarn/v1/identity-providers/company",
                                Map.of(
                                        "issuer",
                                        "https://login.example.com",
                                        "client_id",
                                        "tarn",
                                        "client_secret",
                                        "client-" + MISTYPED))
                        .status())
                .isEqualTo(200);
        Answer kept = api.postOnce("/tarn/v1/keys", "secret", Map.of("name", "repeated"));
        secrets.put("a key whose answer is kept", kept.json().path("key").asString());
        secrets.put("a code in a query", "code-" + MISTYPED);
        api.get("/tarn/v1/sign-in/callback?state=x&code=code-" + MISTYPED);
        api.get("/api/v1/refresh?refresh_token=code-" + MISTYPED);
        api.withKey("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0." + MISTYPED).sql("SELECT 1");
        assertThat(api.post("/tarn/v1/secrets/rotate-key", Map.of()).status()).isEqualTo(200);
    }

    private List<String> found(Map<String, String> secrets) {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(home.resolve("credentials.json")))
                    .forEach(file -> {
                        String text = read(file);
                        secrets.forEach((name, secret) -> {
                            if (text.contains(secret)) {
                                found.add(name + " is in " + home.relativize(file));
                            }
                        });
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Bytes as characters, whatever the file is. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
