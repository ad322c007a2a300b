package dev.tarn.usage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The usage meter's entries. */
interface UsageStore {
    /**
     * One use.
     *
     * @param keyId of the key that was shown, if it was one
     * @param contract that was called, for a call
     */
    record Entry(
            UUID tenantId,
            UUID workspaceId,
            UUID id,
            Instant at,
            UUID userId,
            Optional<UUID> keyId,
            Optional<String> contract,
            UsageKind kind,
            UsageAmount amount,
            long elapsedMs,
            Optional<String> prices,
            String requestId) {}

    /** Whose entries are meant. */
    record Whose(UUID tenantId, Optional<UUID> userId) {}

    /** A place in the newest-first order of entries. */
    record Place(Instant at, UUID id) {}

    /**
     * The sum of a group at one list of prices.
     *
     * @param group the number of a quarter of an hour since 1970, a user's or key's id, or a kind; empty: uses without a key
     * @param label what people call it, when that is something else
     */
    record Sum(String group, Optional<String> label, Optional<String> prices, UsageAmount amount) {}

    /** What to group by. */
    enum Group {
        QUARTER_HOUR,
        USER,
        KEY,
        KIND
    }

    /** Adds entries. One that is known already stays, but for a higher count of calls: it may be handed in again. */
    void append(List<Entry> entries);

    /** Newest first, those after a place when there is one. */
    List<Entry> list(Whose whose, UsagePeriod period, Optional<Place> after, int limit);

    List<Sum> sums(Whose whose, UsagePeriod period, Group group);

    /** What the tenant's statements have scanned from a day on, days counted from 1970 in UTC. */
    long bytesScannedSince(UUID tenantId, long day);

    /** Forgets up to {@code limit} of the entries from before the instant; says how many. */
    int forget(Instant before, int limit);
}
