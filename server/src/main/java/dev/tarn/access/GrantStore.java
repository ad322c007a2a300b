package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of grants. */
interface GrantStore {
    /** What the caller may at this moment: none for a user who is not active any more. */
    Rights rights(Caller caller);

    /** The key that the caller has shown, or that opened its session. */
    Optional<UUID> keyOf(Caller caller);

    /** The same, but what it says of anything else than this resource is not to be believed: other grants are not read. */
    Rights rights(Caller caller, Resource on);

    /** What a user may with a credential without limits. */
    Rights rightsOf(UUID tenantId, UUID userId);

    /**
     * Adds a grant.
     *
     * @throws org.springframework.dao.DuplicateKeyException when the grantee has that verb on that resource already
     */
    void insert(UUID tenantId, Grant grant);

    /** Gives a user everything on what was just made; what the user has already stays. */
    void own(UUID tenantId, UUID userId, Resource resource, Instant at);

    Optional<Grant> find(UUID tenantId, UUID grantId);

    boolean delete(UUID tenantId, UUID grantId);

    /** Forgets all grants on exactly this resource. */
    void deleteOn(UUID tenantId, Resource resource);

    /**
     * Makes all grants on exactly the one resource grants on the other. Whoever had the same verb on the other before, with
     * whatever limits, has it with the limits of the one.
     */
    void move(UUID tenantId, Resource from, Resource to);

    /** Those on exactly this resource that are limited to some columns. */
    List<Grant> withColumns(UUID tenantId, Resource resource);

    /** Gives a grant other columns. */
    void limit(UUID tenantId, UUID grantId, List<String> columns);

    /** Forgets all grants to a role. */
    void deleteTo(UUID tenantId, String role);

    /**
     * Newest first, those made before the one with the id {@code before}.
     *
     * @param grantee a role's name or a user's id
     */
    List<Grant> list(
            UUID tenantId, Optional<String> grantee, Optional<String> resource, Optional<String> before, int limit);

    /** The grants of a verb, or of all verbs, to anybody. */
    List<Grant> withVerb(UUID tenantId, Verb verb);
}
