package dev.tarn.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Console sessions, by the hash of their secret. What ends a session ends a token family too: both are sign-ins. */
interface SessionStore {
    /** A session as it is made; {@code keyId} is the key it was opened with. */
    record NewSession(
            UUID tenantId,
            UUID id,
            UUID userId,
            UUID workspaceId,
            Optional<UUID> keyId,
            Instant createdAt,
            Instant expiresAt) {}

    void insert(NewSession session, String secretHash);

    /**
     * The caller of a session that is open at that time: not ended, not expired, and its key, when it has one, neither revoked
     * nor expired. One indexed query.
     */
    Optional<Caller.Person> open(String secretHash, Instant now, Caller.Origin origin);

    /** Ends the session or the token family of that id. */
    void end(UUID tenantId, UUID sessionId, Instant at);

    /** Ends the sessions and token families that are open of a user, but for the one that is kept. */
    void endAll(UUID tenantId, UUID userId, Optional<UUID> kept, Instant at);

    /** Deletes sessions that expired before that time. */
    void forget(Instant before);
}
