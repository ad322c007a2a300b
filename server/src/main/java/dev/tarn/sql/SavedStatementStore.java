package dev.tarn.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of saved statements. */
interface SavedStatementStore {
    /** A place in the list by name. */
    record Place(String name, UUID id) {}

    /**
     * Adds one.
     *
     * @throws org.springframework.dao.DuplicateKeyException when its owner has one of that name
     */
    void insert(UUID tenantId, SavedStatement saved);

    /**
     * Changes it when it still has that version.
     *
     * @return whether it had
     * @throws org.springframework.dao.DuplicateKeyException when its owner has another of that name
     */
    boolean update(UUID tenantId, UUID id, int version, SavedStatement.Content content, Instant at);

    boolean delete(UUID tenantId, UUID id);

    Optional<SavedStatement> find(UUID tenantId, UUID id);

    /** The user's own and the shared ones, by name; {@code text} stands in name, description or statement, whatever its case. */
    List<SavedStatement> list(UUID tenantId, UUID userId, Optional<String> text, Optional<Place> after, int limit);
}
