package dev.tarn.api;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Requests that carried an Idempotency-Key, and their answers. */
interface IdempotencyStore {
    /** Whose key it is: two users may choose the same text. */
    record Key(UUID tenantId, UUID userId, String text) {}

    /** A request that runs, or was answered. */
    record Kept(
            String requestHash,
            boolean answered,
            String owner,
            Instant leaseUntil,
            Optional<Integer> status,
            Optional<String> body,
            Instant expiresAt) {}

    /** Notes that a request runs; says no when the key is known already. */
    boolean begin(Key key, String requestHash, String owner, Instant leaseUntil, Instant at, Instant expiresAt);

    Optional<Kept> find(Key key);

    /** Takes over a running request whose owner let its lease run out; says no when another was faster. */
    boolean takeOver(Key key, Kept from, String owner, Instant leaseUntil);

    /** Keeps the answer of a request that this owner runs; says no when another has taken it over. */
    boolean answer(Key key, String owner, Answer answer);

    /** Forgets a request that this owner runs and that changed nothing. */
    void forget(Key key, String owner);

    /** Lengthens the leases of everything that this owner runs. */
    void renew(String owner, Instant leaseUntil);

    /** Ends the leases of everything that others run: for a server that knows that it is alone. */
    void endOtherLeases(String owner);

    /** Forgets what has expired and does not run. */
    void purge(Instant now);
}
