package dev.tarn.worker.protocol;

import dev.tarn.worker.protocol.ChangeTask.FileLineage;
import java.util.List;

/**
 * Files of a table to be written anew, as other files with the same rows. No statement of a caller is in it.
 *
 * @param table with those files alone; all of their rows are read, without those that were deleted
 * @param output where the new files go, with all columns of the table as their target
 * @param lineage of each file; none where rows have no ids
 */
public record RewriteTask(
        TableSource table, MaterializeTask output, List<FileLineage> lineage, long memoryLimitBytes, int threads) {
    public RewriteTask {
        lineage = List.copyOf(lineage);
    }
}
