package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Tries a commit again when another writer was faster; writers of this server wait for each other instead. */
final class Attempts {
    /** Other servers' commits that one of ours tries to follow. */
    static final int MOST = 100;

    private static final int LONGEST_PAUSE_MILLIS = 500;

    private Attempts() {}

    /**
     * Runs an attempt until it does not end in {@link PointerMovedException}.
     *
     * @param location of the table
     * @throws PointerMovedException of the last attempt, after {@link #MOST} of them
     */
    static <T> T run(CatalogParts parts, TableName name, String location, Supplier<T> attempt) {
        ReentrantLock lock = parts.locks().of(location);
        lock.lock();
        try {
            for (int tried = 1; ; tried++) {
                try {
                    return attempt.get();
                } catch (PointerMovedException e) {
                    if (tried == MOST) {
                        throw e;
                    }
                    pause(parts, name, tried);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static void pause(CatalogParts parts, TableName name, int tried) {
        int longest = Math.min(LONGEST_PAUSE_MILLIS, 10 * tried);
        try {
            Thread.sleep(parts.random().nextInt(longest) + 1L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TarnException(
                    ErrorCode.STOPPING, "The write to %s was stopped; try again".formatted(name.text()), e);
        }
    }
}
