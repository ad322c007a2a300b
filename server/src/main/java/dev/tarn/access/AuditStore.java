package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The append-only audit trail. */
interface AuditStore {
    /** One line of the trail; {@code details} is a JSON object. */
    record Entry(
            UUID tenantId,
            UUID id,
            Instant at,
            String actorKind,
            UUID actorId,
            String actorName,
            String verb,
            String resource,
            String outcome,
            String requestId,
            String address,
            String details) {}

    void append(Entry entry);

    /** The newest entries of a tenant, newest first. */
    List<Entry> newest(UUID tenantId, int limit);
}
