package dev.tarn.upkeep;

import dev.tarn.upkeep.TableHealth.Growth;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;

/**
 * What the versions that are kept tell of a table.
 *
 * @param snapshots of all branches
 * @param oldest when the oldest was made
 */
record KeptVersions(int snapshots, Optional<Instant> oldest, Growth growth) {
    private static final Duration WINDOW = Duration.ofDays(7);
    /** What came in a minute says little of a day. */
    private static final Duration SHORTEST = Duration.ofHours(1);

    static KeptVersions of(Table table, Instant now) {
        Instant from = now.minus(WINDOW);
        int count = 0;
        long commits = 0;
        double files = 0;
        double bytes = 0;
        double rows = 0;
        Instant oldest = now;
        for (Snapshot snapshot : table.snapshots()) {
            count++;
            Instant made = Instant.ofEpochMilli(snapshot.timestampMillis());
            oldest = made.isBefore(oldest) ? made : oldest;
            if (made.isBefore(from)) {
                continue;
            }
            Map<String, String> summary = snapshot.summary();
            commits++;
            files += change(summary, SnapshotSummary.ADDED_FILES_PROP, SnapshotSummary.DELETED_FILES_PROP);
            bytes += change(summary, SnapshotSummary.ADDED_FILE_SIZE_PROP, SnapshotSummary.REMOVED_FILE_SIZE_PROP);
            rows += change(summary, SnapshotSummary.ADDED_RECORDS_PROP, SnapshotSummary.DELETED_RECORDS_PROP);
        }
        Instant since = oldest.isAfter(from) ? oldest : from;
        Duration span = Duration.between(since, now);
        double days = (double) Math.max(span.toSeconds(), SHORTEST.toSeconds())
                / Duration.ofDays(1).toSeconds();
        return new KeptVersions(
                count,
                count == 0 ? Optional.empty() : Optional.of(oldest),
                new Growth(files / days, bytes / days, rows / days, commits / days));
    }

    private static double change(Map<String, String> summary, String added, String removed) {
        return number(summary.get(added)) - number(summary.get(removed));
    }

    /** Other engines leave out what they like. */
    private static double number(@org.jspecify.annotations.Nullable String text) {
        try {
            return text == null ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
