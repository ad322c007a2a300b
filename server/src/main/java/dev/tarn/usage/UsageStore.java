package dev.tarn.usage;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The usage meter's entries. */
interface UsageStore {
    /** One use. */
    record Entry(
            UUID tenantId,
            UUID workspaceId,
            UUID id,
            Instant at,
            UUID userId,
            UsageKind kind,
            long bytesScanned,
            long elapsedMs,
            String requestId) {}

    void append(List<Entry> entries);

    /** The newest entries of a tenant, newest first. */
    List<Entry> newest(UUID tenantId, int limit);
}
