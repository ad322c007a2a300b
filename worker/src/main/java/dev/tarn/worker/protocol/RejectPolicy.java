package dev.tarn.worker.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of rows that cannot be loaded.
 *
 * @param file where they are written, as CSV with the columns file, line, column, value, reason; null: the first one ends the
 *     load with {@code BAD_ROW}
 */
public record RejectPolicy(@Nullable String file) {
    public static final RejectPolicy STOP = new RejectPolicy(null);

    public boolean skips() {
        return file != null;
    }
}
