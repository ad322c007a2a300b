package dev.tarn.sql;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A statement that somebody keeps.
 *
 * @param content what its owner says of it
 * @param version 1 at first, and one more with each change
 */
public record SavedStatement(
        UUID id, UUID userId, String userName, Content content, int version, Instant createdAt, Instant updatedAt) {

    /**
     * What can be changed.
     *
     * @param name unique among its owner's
     * @param parameters JSON of the values that its parameters had last
     * @param chart JSON of whoever draws it, at most 64 kB
     * @param shared whether every user of the tenant can read it
     */
    public record Content(
            String name,
            String description,
            String statement,
            String parameters,
            Optional<String> chart,
            boolean shared) {}
}
