package dev.tarn.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of the history. */
interface HistoryStore {
    /**
     * Which statements are wanted.
     *
     * @param user of this user alone
     * @param text somewhere in the statement, whatever its case
     */
    record Filter(UUID tenantId, Optional<UUID> user, Optional<StatementRecord.State> state, Optional<String> text) {}

    /** A place in the list, newest first. */
    record Place(Instant startedAt, UUID id) {}

    /** Writes records, over those of the same statements; that one runs is not written over its end. */
    void put(List<StatementRecord> records, String owner, Instant leaseUntil);

    /** At most {@code limit} records after a place, newest first. */
    List<StatementRecord> list(Filter filter, Optional<Place> after, int limit);

    /** Statements of that id in the tenant; ids are their users' own. */
    List<StatementRecord> named(UUID tenantId, UUID id);

    void renew(String owner, Instant leaseUntil);

    /** Ends what runs under a lease that ran out before that time: its server is gone. */
    void endExpired(Instant now);

    /** Ends all that runs under another owner's lease. */
    void endOthers(String owner, Instant now);

    void purge(Instant before);

    /**
     * Removes a user's oldest statements, so that no more are left than those that are kept; what runs stays.
     *
     * @param limit how many go at most, so that nobody waits long for the database
     * @return how many went
     */
    int trim(UUID tenantId, UUID userId, int kept, int limit);
}
