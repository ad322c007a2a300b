package dev.tarn.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A key as lists show it.
 *
 * @param prefix how the key begins
 * @param limits how much less it may than its user
 * @param ratePlan how many calls it may make
 * @param lastUsedAt exact to about a minute
 */
public record ApiKey(
        UUID id,
        String name,
        String prefix,
        UUID userId,
        String userName,
        KeyLimits limits,
        String ratePlan,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {

    /** Whether the key opens anything at that time. */
    boolean isGoodAt(Instant now) {
        return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }
}
