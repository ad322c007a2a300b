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
                } catch (IllegalArgumentException e) {
                    throw isOfTime(e) ? ahead(name, e) : e;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Iceberg lets no commit be older than the one before, give or take a minute. */
    private static boolean isOfTime(IllegalArgumentException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith("Invalid update timestamp") || message.contains("Expected sorted");
    }

    private static TarnException ahead(TableName name, IllegalArgumentException failure) {
        return new TarnException(
                ErrorCode.CONFLICT,
                "The last change of %s is of a time ahead of this server's clock; set the clocks of the servers and writers right, or wait"
                        .formatted(name.text()),
                failure);
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
