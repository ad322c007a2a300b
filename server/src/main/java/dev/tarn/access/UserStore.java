package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Users and the roles they have. */
interface UserStore {
    /** A user with the hash of the password. */
    record WithPassword(User user, String hash) {}

    /**
     * Adds a user.
     *
     * @throws org.springframework.dao.DuplicateKeyException when any tenant has a user of that name, whatever its case
     */
    void insert(User user, String passwordHash, Instant at);

    void changePassword(UUID tenantId, UUID userId, String passwordHash);

    void addRole(UUID tenantId, UUID userId, String role);

    Optional<User> find(UUID tenantId, UUID userId);

    /** The user of that name, whatever its case, in any tenant. */
    Optional<WithPassword> named(String name);

    /** The names of the user's roles, in alphabetical order. */
    List<String> roles(UUID tenantId, UUID userId);
}
