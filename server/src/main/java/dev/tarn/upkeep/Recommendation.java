package dev.tarn.upkeep;

import dev.tarn.upkeep.TableHealth.Deletes;
import dev.tarn.upkeep.TableHealth.Files;
import dev.tarn.upkeep.TableHealth.Saving;
import java.time.ZoneOffset;
import java.util.Map;

/** One sentence to act on: of what would help, the most. */
final class Recommendation {
    /** The default of Spark's {@code delete-ratio-threshold}. */
    static final double MANY_DELETES = 0.3;

    /** The option of a compaction that leaves no delete. */
    static final Map<String, String> ALL_DELETES = Map.of("delete-file-threshold", "1");

    static final int MANY_SNAPSHOTS = 100;
    static final int MANY_MANIFESTS = 100;

    private Recommendation() {}

    static String of(Files files, Deletes deletes, Saving saving, KeptVersions versions) {
        if (files.small() > 0) {
            return "Consider compaction: %d of %d data files are small, and %d fewer would hold the same rows."
                    .formatted(files.small(), files.count(), saving.files());
        }
        if (deletes.equalityFiles() > 0) {
            return "Consider compaction with the option delete-file-threshold of 1: %d equality deletes are looked at by every scan."
                    .formatted(deletes.equalityFiles());
        }
        if (deletes.ratio() >= MANY_DELETES) {
            return "Consider compaction: %d delete files are read with every scan, and %.0f %% of the rows are deleted."
                    .formatted(deletes.files(), 100 * deletes.ratio());
        }
        if (versions.snapshots() > MANY_SNAPSHOTS) {
            return "Consider expiring snapshots: %d versions are kept, the oldest of %s."
                    .formatted(
                            versions.snapshots(),
                            versions.oldest()
                                    .orElseThrow()
                                    .atOffset(ZoneOffset.UTC)
                                    .toLocalDate());
        }
        if (files.manifests() > MANY_MANIFESTS && files.count() < 10 * files.manifests()) {
            return "Consider rewriting manifests: %d of them list %d files."
                    .formatted(files.manifests(), files.count());
        }
        if (files.otherPartitioning() > 0) {
            return "Consider compaction: %d of %d data files are partitioned as the table was before."
                    .formatted(files.otherPartitioning(), files.count());
        }
        return files.count() == 0
                ? "Nothing is to be done: the table has no rows yet."
                : "Nothing is to be done: the table is in good health.";
    }
}
