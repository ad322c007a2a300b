package dev.tarn.storage;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What an operating system's refusal means to a caller. */
final class StorageFailures {
    private StorageFailures() {}

    /** The failure to throw: STORAGE_FULL when there is no room, else one that is the server's own trouble. */
    static RuntimeException of(String what, IOException failure) {
        String reason = failure.getMessage();
        if (reason != null && (reason.contains("No space left") || reason.contains("quota exceeded"))) {
            return new TarnException(
                    ErrorCode.STORAGE_FULL,
                    "There is no room left for the table's files; free some space and try again",
                    failure);
        }
        return new UncheckedIOException(what, failure);
    }
}
