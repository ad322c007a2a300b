package dev.tarn.storage;

import java.time.Instant;
import java.util.OptionalLong;

/** The rows of servers that read, and how often files have been given up. */
interface ReaderStore {
    /** How often files have been given up, as far as it has become true. */
    long epoch();

    /** Says that a server lives, and that nothing it reads began before it knew of an epoch. */
    void publish(String server, long oldestEpoch, Instant leaseUntil);

    /** The oldest of all servers but one that live at {@code now}; empty when there is no other. */
    OptionalLong oldestOfOthers(String server, Instant now);

    /** A server reads no more. */
    void remove(String server);

    /** All servers but one are dead. */
    void removeOthers(String server);

    /** Forgets servers whose lease ended before {@code now}. */
    void removeDead(Instant now);
}
