package dev.tarn.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What a client said of a scan or commit of a table. Who and when is known; the rest is the client's word.
 *
 * @param engine the engine and its version, as it calls itself
 * @param operation of a commit: append, overwrite, delete or replace
 * @param filter of a scan, with no value of it
 * @param duration of planning the scan, or of committing
 * @param figures counters, by the names that {@link Figure} gives them
 */
public record TableReport(
        UUID id,
        Kind kind,
        Instant reportedAt,
        UUID userId,
        String userName,
        Optional<String> engine,
        OptionalLong snapshotId,
        Optional<String> operation,
        Optional<String> filter,
        Optional<Duration> duration,
        Map<Figure, Long> figures) {
    public TableReport {
        figures = Map.copyOf(figures);
    }

    /** What was done. */
    public enum Kind {
        SCAN,
        COMMIT;

        /** As it is stored and shown. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A counter. */
    public enum Figure {
        COLUMNS,
        FILES_PLANNED,
        FILES_SKIPPED,
        BYTES_PLANNED,
        DELETE_FILES_PLANNED,
        MANIFESTS_READ,
        MANIFESTS_SKIPPED,
        FILES_ADDED,
        FILES_REMOVED,
        ROWS_ADDED,
        ROWS_REMOVED,
        TOTAL_ROWS,
        ATTEMPTS;

        /** As it is stored and shown. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
