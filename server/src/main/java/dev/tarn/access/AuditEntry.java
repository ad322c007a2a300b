package dev.tarn.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of the audit trail, as it is kept.
 *
 * @param sequence its place in the chain; empty until it is sealed
 * @param who who did it, or tried to
 * @param verb a {@link Verb}, or another word of docs/audit.md
 * @param resource {@code kind:name}
 * @param outcome done, denied or failed
 * @param details a JSON object
 */
public record AuditEntry(
        String id,
        Optional<Long> sequence,
        Instant at,
        Actor who,
        String verb,
        String resource,
        String outcome,
        String requestId,
        String address,
        String details) {
    /**
     * Somebody, as known then.
     *
     * @param kind person, key, job, anonymous or server
     * @param id of the user
     */
    public record Actor(String kind, String id, String name) {}
}
