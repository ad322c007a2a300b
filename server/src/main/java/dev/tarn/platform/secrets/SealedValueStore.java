package dev.tarn.platform.secrets;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sealed texts by their names. */
interface SealedValueStore {
    /** A sealed text and the key that opens it. */
    record Sealed(SealedName name, String keyId, String text) {}

    /** Keeps the text instead of the one that had its name. */
    void put(Sealed sealed, Optional<Instant> expiresAt);

    Optional<Sealed> find(SealedName name);

    boolean remove(SealedName name);

    /** Some of those that this key sealed. */
    List<Sealed> sealedWith(String keyId, int limit);

    /** Keeps the text instead of exactly this one; says no when that is no longer there. */
    boolean replace(Sealed old, Sealed fresh);

    void purge(Instant now);
}
