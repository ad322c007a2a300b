package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.access.SigningKeys;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The keys that sign access tokens, for the operator. */
@RestController
class SigningKeysController {
    private final SigningKeys keys;

    SigningKeysController(SigningKeys keys) {
        this.keys = keys;
    }

    /** How to rotate. */
    record Rotation(@Nullable Boolean endOldTokens) {}

    /** The key that signs now. */
    record Rotated(UUID id, Instant oldTokensUntil) {}

    @PostMapping("/tarn/v1/signing-keys/rotate")
    Rotated rotate(Caller caller, @RequestBody(required = false) @Nullable Rotation rotation) {
        boolean endOldTokens = rotation != null && Boolean.TRUE.equals(rotation.endOldTokens());
        SigningKeys.Rotated rotated = keys.rotate(caller, endOldTokens);
        return new Rotated(rotated.keyId(), rotated.oldVerifyUntil());
    }
}
