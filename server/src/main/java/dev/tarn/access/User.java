package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A person or a program of a tenant.
 *
 * @param number unique on the server and never given again; empty for one that is not written yet
 * @param name unique on the server, whatever its case
 * @param active whether its credentials open anything
 * @param operator whether it looks after the server
 * @param issuer the identity provider that it came from; empty for users of our own
 * @param roles in alphabetical order
 */
public record User(
        UUID tenantId,
        UUID id,
        long number,
        String name,
        Profile profile,
        boolean active,
        boolean operator,
        Instant createdAt,
        Optional<String> issuer,
        List<String> roles) {

    /** What people tell of themselves; an e-mail address is unique on the server, whatever its case. */
    public record Profile(Optional<String> email, Optional<String> firstName, Optional<String> lastName) {
        /** Nothing is told. */
        public static final Profile NONE = new Profile(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public User {
        roles = List.copyOf(roles);
    }
}
