package dev.tarn.access;

import java.util.UUID;

/** Who was granted what. A grant on {@code *} covers every resource of the tenant. */
interface GrantStore {
    /** Whether a grant to the user, or to one of the user's roles, covers the verb on the resource. */
    boolean allows(UUID tenantId, UUID userId, Verb verb, Resource resource);

    /** Adds a grant to a role; one that exists already is left as it is. */
    void grantToRole(UUID tenantId, String role, Verb verb, String resource);
}
