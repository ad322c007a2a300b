package dev.tarn.access;

import java.util.UUID;

/**
 * Who was granted what. A grant of {@link #ANY_VERB} covers every verb; one on {@code *} every resource of the tenant, one on
 * {@code kind:*} every resource of that kind.
 */
interface GrantStore {
    String ANY_VERB = "*";

    /** Whether a grant to the user, or to one of the user's roles, covers the verb on the resource; one query. */
    boolean allows(UUID tenantId, UUID userId, Verb verb, Resource resource);

    /** Adds a grant to a role; one that exists already is left as it is. */
    void grantToRole(UUID tenantId, String role, String verb, String resource);
}
