package dev.tarn.access;

import java.util.Optional;
import java.util.UUID;

/**
 * Who stands behind work that goes on without its caller. What the owner may is looked up anew whenever the work runs.
 *
 * @param keyId the key that asked for it, directly or through a session that it opened; empty: the user as a whole
 * @param origin the request that asked for it, for the audit trail
 */
public record JobOwner(
        UUID tenantId, UUID workspaceId, UUID userId, String userName, Optional<UUID> keyId, Caller.Origin origin) {
    /** The caller that a job of this owner is. */
    public Caller as(UUID jobId) {
        if (userId.equals(Caller.Server.ID)) {
            return new Caller.Server(tenantId, Optional.of(jobId), origin);
        }
        return new Caller.JobToken(tenantId, workspaceId, userId, userName, jobId, keyId, origin);
    }
}
