package dev.tarn.api.tarn;

import dev.tarn.api.SentOptions;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.upkeep.UpkeepTask;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is wanted to be done for a table.
 *
 * @param operation compact, expire, remove_orphan_files, rewrite_manifests or erase; which of the other fields count is its business
 */
record UpkeepForm(
        @Nullable String operation,
        @Nullable String strategy,
        @Nullable Map<String, JsonNode> options,
        @Nullable Integer retainLast,
        @Nullable Instant olderThan,
        @Nullable Boolean dryRun,
        @Nullable String where,
        @Nullable Boolean dropReferences) {

    UpkeepTask task() {
        boolean dry = dryRun != null && dryRun;
        return switch (operation == null ? "" : operation) {
            case "compact" ->
                new UpkeepTask.Compact(strategy == null ? "binpack" : strategy, SentOptions.texts(options));
            case "expire" -> new UpkeepTask.Expire(retainLast, olderThan, dry);
            case "remove_orphan_files" -> new UpkeepTask.RemoveOrphans(olderThan, dry);
            case "rewrite_manifests" -> new UpkeepTask.RewriteManifests();
            case "erase" -> new UpkeepTask.Erase(condition(), dropReferences != null && dropReferences);
            default ->
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "operation is compact, expire, remove_orphan_files, rewrite_manifests or erase");
        };
    }

    private String condition() {
        if (where == null || where.isBlank()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "where is missing: the condition of the rows that are erased");
        }
        return where;
    }
}
