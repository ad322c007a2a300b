package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The names of stored secrets; their values are sealed elsewhere. */
interface StoredSecretStore {
    /** Notes that a secret of that name has a new value; {@code by} counts for a new name only. */
    void put(UUID tenantId, String name, String by, Instant at);

    boolean remove(UUID tenantId, String name);

    boolean exists(UUID tenantId, String name);

    /** By name, those after {@code after}. */
    List<StoredSecret> list(UUID tenantId, String after, int limit);

    /** The tenant whose secrets the settings of the server mean: that of the first operator. */
    Optional<UUID> operatorsTenant();
}
