package dev.tarn.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Keys that sign access tokens, without their private halves. */
interface SigningKeyStore {
    /** The key that signs. */
    Optional<UUID> signing();

    /** The public half of a key that verifies at that time, in base64 of X.509. */
    Optional<String> verifying(UUID keyId, Instant now);

    /**
     * Adds the key that signs from now on.
     *
     * @throws org.springframework.dao.DuplicateKeyException when another one signs
     */
    void insert(UUID keyId, String publicKey, Instant at);

    /** Lets the key sign no more, and verify until that time; says whether it was the one that signed. */
    boolean retire(UUID keyId, Instant verifiesUntil);

    /** Lets those that sign no more verify no longer than until that time. */
    void endRetired(Instant at);

    /** Deletes those that verify nothing any more. */
    void forget(Instant now);
}
