package dev.tarn.storage;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The rows of writes under way, each leased by its holder. */
interface WriteIntentStore {
    void insert(WriteIntent intent, Instant leaseUntil, Instant createdAt);

    /**
     * Removes an intent.
     *
     * @return false when its holder does not hold it any more
     */
    boolean remove(WriteIntent intent);

    /**
     * Gives an intent a new holder and lease. A transaction that is about to remove it ends first, so the answer is final.
     *
     * @return false when its holder does not hold it any more
     */
    boolean hand(WriteIntent intent, String newHolder, Instant leaseUntil);

    /**
     * Gives an intent a new holder and lease when its lease ended before {@code now}.
     *
     * @return false when it was renewed or is gone
     */
    boolean takeExpired(WriteIntent intent, Instant now, String newHolder, Instant leaseUntil);

    /** Extends the leases of all intents that somebody holds. */
    void renew(String holder, Instant leaseUntil);

    /** Intents whose lease ended before {@code now}, oldest first. */
    List<WriteIntent> expired(Instant now, int limit);

    /** Intents that somebody else holds, but for one holder, oldest first. */
    List<WriteIntent> heldByOthers(String holder, String except, int limit);

    /** The intents of a table's location. */
    List<WriteIntent> at(UUID tenantId, String location);

    /** The intents that somebody holds of a table's name. */
    List<WriteIntent> of(UUID tenantId, String table, String holder);
}
