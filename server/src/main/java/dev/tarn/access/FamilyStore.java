package dev.tarn.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Token families and their refresh tokens, these by the hash of their secret. */
interface FamilyStore {
    /** What one sign-in brought. */
    record Family(
            UUID tenantId,
            UUID id,
            UUID userId,
            UUID workspaceId,
            String userName,
            Instant createdAt,
            Instant expiresAt) {}

    /** Which family an access token names, and whose it says it is. */
    record Named(UUID tenantId, UUID familyId, UUID userId) {}

    /** A refresh token that was known. */
    record Known(UUID tenantId, UUID familyId, UUID userId, UUID workspaceId, String userName, Instant expiresAt) {}

    void insert(Family family);

    void insertToken(Family family, String tokenHash, Instant expiresAt);

    /** Uses a refresh token up; of several at once one succeeds. */
    boolean spend(String tokenHash, Instant at);

    /** The refresh token, used or not. */
    Optional<Known> known(String tokenHash);

    /** The family while it can be refreshed: not ended, not expired, its user active. */
    Optional<Family> open(UUID tenantId, UUID familyId, Instant now);

    /** The caller of an access token: while its family's tokens have not ended and its user is active. One indexed query. */
    Optional<Caller> caller(Named named, Instant now, Caller.Origin origin);

    /** Ends a family, and with {@code access} its access tokens too; says whether it was open. */
    boolean end(UUID tenantId, UUID familyId, boolean access, Instant at);

    /** Ends all families of a user with their access tokens; those of the one that is kept stay as they are. */
    void endAll(UUID tenantId, UUID userId, Optional<UUID> kept, Instant at);

    /** Deletes families that expired before that time. */
    void forget(Instant before);
}
