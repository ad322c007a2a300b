package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SigningKeysGoldenTest {
    private final RunningServer server = RunningServer.shared();

    @Test
    void theOperatorRotatesTheSigningKey() {
        Reply rotated = server.post("/tarn/v1/signing-keys/rotate", "{}");
        assertThat(rotated.status()).as(rotated.toString()).isEqualTo(200);
        assertThat(rotated.json().propertyNames()).containsExactly("id", "old_tokens_until");
        assertThat(Instant.parse(rotated.json().get("old_tokens_until").asString()))
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(29)),
                        Instant.now().plus(Duration.ofMinutes(31)));
        Reply ended = server.post("/tarn/v1/signing-keys/rotate", "{\"end_old_tokens\": true}");
        assertThat(Instant.parse(ended.json().get("old_tokens_until").asString()))
                .isBeforeOrEqualTo(Instant.now());
        assertThat(ended.json().get("id")).isNotEqualTo(rotated.json().get("id"));
        assertThat(server.send(
                                "POST",
                                "/tarn/v1/signing-keys/rotate",
                                null,
                                "Authorization",
                                "Bearer " + server.keyOfAnotherTenant())
                        .status())
                .isEqualTo(403);
    }
}
