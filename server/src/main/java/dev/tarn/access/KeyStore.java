package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keys, by the hash of their secret. */
interface KeyStore {
    /** What a request needs to know about the key it was sent with; one indexed query. */
    record Holder(UUID tenantId, UUID workspaceId, ApiKey key) {}

    void insert(UUID tenantId, UUID workspaceId, ApiKey key, String secretHash);

    /** The key of that hash, when its user is active. */
    Optional<Holder> withHash(String secretHash);

    Optional<ApiKey> find(UUID tenantId, UUID keyId);

    /** Newest first, those made before the key with the id {@code before} when there is one; of one user, or of all. */
    List<ApiKey> list(UUID tenantId, Optional<UUID> userId, Optional<String> before, int limit);

    /** Whether this call revoked it: not when it is unknown or was revoked before. */
    boolean revoke(UUID tenantId, UUID keyId, Instant at);

    /** Moves the time of last use forward. */
    void used(UUID tenantId, UUID keyId, Instant at);
}
