package dev.tarn.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Browsers that were sent to an identity provider and have not come back. */
interface SignInAttemptStore {
    /** Where to go afterwards, and the hash of what the browser must show. */
    record Attempt(UUID tenantId, String provider, String browserHash, String returnTo) {}

    void insert(Attempt attempt, String stateHash, String address, Instant expiresAt);

    /** Takes the attempt away; of several that come back with one state, one gets it. Empty when it has expired. */
    Optional<Attempt> take(String stateHash, Instant now);

    /** How many an address has under way. */
    long underWay(String address, Instant now);

    void forget(Instant now);
}
