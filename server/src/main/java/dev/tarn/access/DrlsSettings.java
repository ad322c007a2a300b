package dev.tarn.access;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Tokens of DRLS: JWTs with HS256 that an operator's own programs sign. They are taken by DRLS's calls alone.
 *
 * @param jwt whether such tokens are taken; on when there is a secret. Switched on without a usable secret, DRLS's calls refuse
 *     everything
 * @param jwtSecret what they are signed with, at least 32 bytes; better {@code secret:NAME}, a stored secret
 * @param tenant the name of the tenant whose users they are; the operator's when absent
 */
@ConfigurationProperties("tarn.access.drls")
public record DrlsSettings(
        @Nullable Boolean jwt,
        @Nullable String jwtSecret,
        @Nullable String tenant) {
    boolean isOn() {
        return jwt == null ? jwtSecret != null : jwt;
    }

    @Override
    public String toString() {
        return "DrlsSettings[]";
    }
}
