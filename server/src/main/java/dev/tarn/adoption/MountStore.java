package dev.tarn.adoption;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Which catalog each tenant looks at; secrets are elsewhere. */
interface MountStore {
    Optional<MountedCatalog> find(UUID tenantId);

    /** Keeps it instead of the one before. */
    void put(UUID tenantId, MountedCatalog catalog, String by, Instant at);
}
