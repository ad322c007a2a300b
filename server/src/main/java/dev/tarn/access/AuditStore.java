package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /** A place in the list, newest first. */
    record Place(long at, String id) {}

    void append(Entry entry);

    /** Entries of any tenants, in one go. */
    void append(List<Entry> entries);

    /** The newest entries of a tenant, newest first. */
    List<Entry> newest(UUID tenantId, int limit);

    /** At most {@code limit} entries of a tenant after a place, newest first. */
    List<AuditEntry> list(UUID tenantId, AuditQuery query, Optional<Place> after, int limit);
}
