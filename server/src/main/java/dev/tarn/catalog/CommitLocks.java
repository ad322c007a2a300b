package dev.tarn.catalog;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Writers of one process that commit to one table take turns instead of colliding; writers of other processes collide and
 * try again. Nothing depends on it but the waste.
 */
final class CommitLocks {
    private static final int STRIPES = 64;

    private final ReentrantLock[] locks =
            IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    ReentrantLock of(String tableLocation) {
        return locks[Math.floorMod(tableLocation.hashCode(), STRIPES)];
    }
}
