package dev.tarn.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of users and of their roles. */
interface UserStore {
    /** A user with the hash of the password. */
    record WithPassword(User user, String hash) {}

    /**
     * Adds a user with its roles, and gives it a number.
     *
     * @throws org.springframework.dao.DuplicateKeyException when any tenant has a user of that name or that e-mail address,
     *     whatever its case, or one whose name is the address or whose address is the name
     */
    User insert(User user, String passwordHash);

    void changePassword(UUID tenantId, UUID userId, String passwordHash);

    /**
     * Holds the user's row until the transaction ends, so that of a sign-in and a change of the password one waits; says no when
     * the hash is another by now, or the user is switched off.
     */
    boolean hold(UUID tenantId, UUID userId, String passwordHash);

    /**
     * Replaces what is told of a user.
     *
     * @throws org.springframework.dao.DuplicateKeyException when another user has the e-mail address, or has it for a name
     */
    void changeProfile(UUID tenantId, UUID userId, User.Profile profile);

    void setActive(UUID tenantId, UUID userId, boolean active);

    /** Replaces the user's roles. */
    void setRoles(UUID tenantId, UUID userId, List<String> roles);

    Optional<User> find(UUID tenantId, UUID userId);

    Optional<User> numbered(UUID tenantId, long number);

    /** The user of that name, whatever its case, in any tenant. */
    Optional<WithPassword> named(String name);

    /** The tenant's user of that name, whatever its case. */
    default Optional<User> named(UUID tenantId, String name) {
        return named(name)
                .map(WithPassword::user)
                .filter(user -> user.tenantId().equals(tenantId));
    }

    /** The tenant's user of that id, or else of that name. */
    default Optional<User> meant(UUID tenantId, String idOrName) {
        Optional<User> withId;
        try {
            withId = find(tenantId, UUID.fromString(idOrName));
        } catch (IllegalArgumentException e) {
            withId = Optional.empty();
        }
        return withId.or(() -> named(tenantId, idOrName));
    }

    /** The user of that e-mail address, whatever its case, in any tenant. */
    Optional<WithPassword> withEmail(String email);

    /**
     * By name, those after {@code after} in folded form.
     *
     * @param text part of a name or an e-mail address in folded form; empty: all
     */
    List<User> list(UUID tenantId, String text, String after, int limit);

    long count(UUID tenantId);

    /** Those who have the role, by name. */
    List<User> withRole(UUID tenantId, String role);

    /** The names of the user's roles, in alphabetical order. */
    List<String> roles(UUID tenantId, UUID userId);

    /** A row that holds until the transaction ends: of two that change who is an administrator, one waits. */
    void holdTenant(UUID tenantId);
}
