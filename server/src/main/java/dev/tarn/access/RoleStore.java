package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The rows of the roles that tenants have made, and of the permissions that they have named. */
interface RoleStore {
    /** A name with its number. */
    record Numbered(String name, long number) {}

    /** The role of that name in any case, built-in or made, as it is written. */
    Optional<String> named(UUID tenantId, String name);

    /**
     * Adds a role.
     *
     * @throws org.springframework.dao.DuplicateKeyException when there is one of that name
     */
    Numbered insert(UUID tenantId, String name, Instant at);

    /** Removes the role and takes it from its users. */
    boolean delete(UUID tenantId, String name);

    /** By name. */
    List<Numbered> list(UUID tenantId);

    /** How many users have each role. */
    Map<String, Long> members(UUID tenantId);

    /**
     * Adds a permission.
     *
     * @throws org.springframework.dao.DuplicateKeyException when there is one of that name
     */
    Numbered insertPermission(UUID tenantId, String name, Instant at);
}
