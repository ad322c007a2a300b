package dev.tarn.platform.secrets;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The key of secrets at rest.
 *
 * @param secretKey 32 random bytes in base 64, the same on all servers of one database (two, with a comma between them, while
 *     the key is replaced); without it the key is in the home's {@code secret.key}
 */
@ConfigurationProperties("tarn")
public record SecretSettings(@Nullable String secretKey) {
    Optional<String> given() {
        return Optional.ofNullable(secretKey).filter(text -> !text.isBlank());
    }

    @Override
    public String toString() {
        return "SecretSettings[]";
    }
}
