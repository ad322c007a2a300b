package dev.tarn.api.dataml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The contract puts secrets into query strings; they end neither in the log nor in any other file of the home. */
class SecretsAndLogsTest {
    @Test
    void noSecretOfASignInIsInAFile() throws IOException {
        try (RunningServer server = RunningServer.start(
                "logging.level.dev.tarn.access-log=info",
                "logging.level.dev.tarn.api=debug",
                "logging.level.dev.tarn.access=debug",
                "logging.level.org.apache=info",
                "logging.level.org.springframework=info")) {
            DataMlClient client = new DataMlClient(server);
            String name = client.newUser();
            JsonNode tokens = client.tokens(name);
            String refresh = tokens.get("refresh_token").asString();
            String access = tokens.get("access_token").asString();
            JsonNode next = client.refresh(refresh).json();
            client.refresh(refresh);
            client.refresh("dlx_rt_v1_garbageInAQueryString");
            client.as(access, "POST", "/api/v1/reset-password?user_name=" + name + "&new_password=aNewPassword1");
            server.post("/api/v1/reset-password?user_name=" + name + "&new_password=aNewPassword2", "{");
            server.send(
                    "GET",
                    "/api/v1/logout?refresh_token=" + next.get("refresh_token").asString(),
                    null);
            server.send(
                    "POST",
                    "/api/v1/logout/x?refresh_token="
                            + next.get("refresh_token").asString(),
                    null);
            client.login("typed-into-the-wrong-field-Password9", "x");

            List<String> secrets = List.of(
                    refresh,
                    access,
                    next.get("refresh_token").asString(),
                    next.get("access_token").asString(),
                    DataMlClient.PASSWORD,
                    "garbageInAQueryString",
                    "aNewPassword1",
                    "aNewPassword2",
                    "BEGIN PRIVATE KEY");
            int logged = 0;
            try (Stream<Path> files = Files.walk(server.home())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertThat(secrets).as(file.toString()).noneMatch(text::contains);
                    logged += text.contains("/api/v1/reset-password") ? 1 : 0;
                }
            }
            assertThat(logged).as("files that tell of the calls").isPositive();
        }
    }
}
