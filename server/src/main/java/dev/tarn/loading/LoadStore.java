package dev.tarn.loading;

import dev.tarn.platform.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/** The rows of loads. A load that is not over belongs to the server that holds its lease. */
interface LoadStore {
    /**
     * Adds a load that has begun. It takes the place of one of the same user's and id that ended without a row: who sends a
     * request again need not think of another id.
     *
     * @return false when there is one of this id
     */
    boolean insert(UUID tenantId, Load load, String owner, Instant leaseUntil);

    Optional<Load> find(LoadKey key, Instant now);

    /** Newest first. The cursor is {@link #place} of the last load of the page before. */
    List<Load> list(UUID tenantId, Filter filter, PageRequest page, Instant now);

    /** Writes down how far the load is, and extends its lease; says whether it is to be cancelled, or empty when it is lost. */
    Optional<Boolean> beat(LoadKey key, String owner, Beat beat);

    /** Its bytes have come. */
    boolean running(LoadKey key, String owner, String fileName, long bytes);

    /** In the commit's transaction; false when it was cancelled or lost, and the transaction must roll back. */
    boolean complete(LoadKey key, String owner, Load load, Instant now);

    /** What a completed load has to say besides. */
    void warn(LoadKey key, LoadResult result);

    /** It ends without a row; nothing happens when it has ended already. */
    boolean end(LoadKey key, String owner, LoadState state, LoadFailure failure, Instant at);

    /** It has not been, because the request was answered without it. */
    void forget(LoadKey key, String owner);

    /** Asks for it to be cancelled; false when it does not run. */
    boolean askToCancel(LoadKey key, Instant now);

    /** Ends loads whose server has fallen silent; returns how many. */
    int endSilent(Instant now);

    /** Ends loads of all servers but one. */
    int endOthers(String owner, Instant now);

    /** Loads whose rejects have been kept long enough. */
    List<LoadKey> expiredRejects(Instant now, int limit);

    void forgetRejects(LoadKey key);

    /** Removes loads that ended before, unless rejects of theirs are kept or a table's content is known by them. */
    int removeEndedBefore(Instant instant);

    /** How far a load is. */
    record Beat(Instant leaseUntil, long bytes, long rows, OptionalDouble fraction) {}

    /** Which loads are wanted; what is empty does not matter. */
    record Filter(Optional<UUID> userId, Optional<LoadState> state, Optional<String> table) {}

    /** The place of a load in the list. */
    static String place(Load load) {
        return load.startedAt() + " " + load.id();
    }
}
