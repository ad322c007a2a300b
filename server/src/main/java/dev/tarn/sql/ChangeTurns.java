package dev.tarn.sql;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Statements of this server that change rows of one table run side by side. One that met a conflict runs again alone, so that many of
 * them do not meet each other again and again. Nothing depends on it but the waste.
 */
final class ChangeTurns {
    private static final int STRIPES = 256;
    private static final Duration HEARS = Duration.ofMillis(100);

    private final ReentrantReadWriteLock[] locks = IntStream.range(0, STRIPES)
            .mapToObj(i -> new ReentrantReadWriteLock(true))
            .toArray(ReentrantReadWriteLock[]::new);
    private final Clock clock;

    ChangeTurns(Clock clock) {
        this.clock = clock;
    }

    /** Does the work when it is its turn, within the statement's time. */
    <T> T run(Changes.Run run, String table, boolean alone, Supplier<T> work) {
        ReentrantReadWriteLock turns = locks[Math.floorMod((run.caller().tenantId() + table).hashCode(), STRIPES)];
        Lock lock = alone ? turns.writeLock() : turns.readLock();
        take(lock, run);
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void take(Lock lock, Changes.Run run) {
        try {
            while (!lock.tryLock(HEARS.toMillis(), TimeUnit.MILLISECONDS)) {
                run.requireWanted();
                if (run.deadline().left(clock).isZero()) {
                    throw run.deadline().missed();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw run.cancellation().failure();
        }
    }
}
