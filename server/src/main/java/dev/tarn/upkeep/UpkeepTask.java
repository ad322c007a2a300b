package dev.tarn.upkeep;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be done for a table. It is the payload of a job, as JSON. */
public sealed interface UpkeepTask {
    /** The word for it, in answers, logs and the audit trail. */
    String operation();

    /**
     * Few large files instead of many small ones, without the rows that were deleted.
     *
     * @param strategy {@code binpack}, {@code sort} or {@code zorder}
     * @param options by name, as Spark's {@code rewrite_data_files} has them
     */
    record Compact(String strategy, Map<String, String> options) implements UpkeepTask {
        public Compact {
            options = Map.copyOf(options);
        }

        @Override
        public String operation() {
            return "compact";
        }
    }

    /**
     * Old versions go, and the files that no other version has.
     *
     * @param retainLast so many of each branch stay; null: as the table's own properties say
     * @param olderThan newer ones stay; null: whatever their age
     * @param dryRun only tells what would go
     */
    record Expire(@Nullable Integer retainLast, @Nullable Instant olderThan, boolean dryRun) implements UpkeepTask {
        @Override
        public String operation() {
            return "expire";
        }
    }

    /**
     * Files at the table's location that no version has, and no write that is under way, go.
     *
     * @param olderThan newer ones stay; null: three days
     * @param dryRun only tells which
     */
    record RemoveOrphans(@Nullable Instant olderThan, boolean dryRun) implements UpkeepTask {
        @Override
        public String operation() {
            return "remove_orphan_files";
        }
    }

    /** Few manifests, each of neighbouring partitions. */
    record RewriteManifests() implements UpkeepTask {
        @Override
        public String operation() {
            return "rewrite_manifests";
        }
    }

    /**
     * Rows that match go, from all versions.
     *
     * @param where an SQL condition over the table's columns
     * @param dropReferences whether tags and branches that have such rows go, too; else they are a reason to refuse
     */
    record Erase(String where, boolean dropReferences) implements UpkeepTask {
        @Override
        public String operation() {
            return "erase";
        }
    }
}
