package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Identity providers of all tenants, and what was told by their tokens. */
interface IdentityProviderStore {
    /**
     * Keeps the provider instead of the tenant's one of that name.
     *
     * @throws org.springframework.dao.DuplicateKeyException when another tenant has the name, or another provider both issuer
     *     and audience
     */
    void put(IdentityProvider provider);

    boolean remove(UUID tenantId, String name);

    Optional<IdentityProvider> find(UUID tenantId, String name);

    /** The provider of that name, whichever tenant has it. */
    Optional<IdentityProvider> named(String name);

    List<IdentityProvider> list(UUID tenantId);

    /** Names that everybody is shown. */
    List<String> shown();

    /** Those of the issuer, of all tenants. */
    List<IdentityProvider> ofIssuer(String issuer);

    /** The user whom a provider knows by that subject. */
    Optional<UUID> userOf(UUID tenantId, String issuer, String subject);

    /**
     * Notes whom the provider knows by that subject.
     *
     * @throws org.springframework.dao.DuplicateKeyException when it is another user
     */
    void link(UUID tenantId, UUID userId, String issuer, String subject);

    /** Notes when the token was issued that the user's roles come from; says no when a newer one has told them already. */
    boolean tellRoles(UUID tenantId, UUID userId, Instant asOf);
}
