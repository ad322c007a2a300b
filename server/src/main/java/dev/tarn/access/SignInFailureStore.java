package dev.tarn.access;

import java.time.Instant;
import java.util.Optional;

/** Failed attempts to sign in, by the hash of the name that was given and the network that it came from. */
interface SignInFailureStore {
    /** Who is tried from where. */
    record Attempt(String nameHash, String network) {}

    /** How often it failed, and when it did so last. */
    record Failures(int count, Instant last) {}

    Optional<Failures> find(Attempt attempt);

    /** Counts one more failure, unless somebody else has counted since {@code before} was read; says whether it did. */
    boolean count(Attempt attempt, Optional<Failures> before, Failures after);

    void forgive(Attempt attempt);

    /** Deletes what failed last before that time. */
    void forget(Instant before);
}
