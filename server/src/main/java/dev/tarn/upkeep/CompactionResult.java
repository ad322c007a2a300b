package dev.tarn.upkeep;

import dev.tarn.catalog.WrittenFile;
import dev.tarn.platform.TarnException;
import dev.tarn.upkeep.CompactionPlan.Batch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.jspecify.annotations.Nullable;

/** What a compaction has done so far. */
final class CompactionResult {
    private final long allFiles;
    private final long allBytes;
    private long doneBytes;
    private long currentBytes;
    private int groups;
    private int failedGroups;
    private int failedBatches;
    private int batches;
    private long rewrittenFiles;
    private long rewrittenBytes;
    private long newFiles;
    private long newBytes;
    private long removedDeleteFiles;
    private @Nullable TarnException failure;

    /** @param files of the table, as far as they are looked at */
    CompactionResult(long files, List<? extends Batch<?>> batches) {
        this.allFiles = files;
        this.allBytes = batches.stream().mapToLong(Batch::bytes).sum();
    }

    /** How far all of it is, when what is under way is so far. */
    double reached(double fraction) {
        return allBytes == 0 ? fraction : Math.min(1, (doneBytes + fraction * currentBytes) / allBytes);
    }

    void begins(Batch<?> batch) {
        currentBytes = batch.bytes();
    }

    void done(Batch<?> batch) {
        groups += batch.groups();
        batches++;
        doneBytes += batch.bytes();
    }

    void failed(Batch<?> batch, TarnException why) {
        failedGroups += batch.groups();
        failedBatches++;
        failure = failure == null ? why : failure;
        done(batch);
    }

    void rewritten(List<FileScanTask> tasks, List<WrittenFile> files, int deleteFiles) {
        rewrittenFiles += tasks.size();
        rewrittenBytes +=
                tasks.stream().mapToLong(task -> task.file().fileSizeInBytes()).sum();
        newFiles += files.size();
        newBytes += files.stream().mapToLong(WrittenFile::bytes).sum();
        removedDeleteFiles += deleteFiles;
    }

    void removed(int deleteFiles) {
        removedDeleteFiles += deleteFiles;
    }

    /**
     * The numbers.
     *
     * @throws TarnException why nothing at all could be done
     */
    Map<String, Object> numbers() {
        if (failure != null && failedBatches == batches) {
            throw failure;
        }
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("rewritten_files", rewrittenFiles);
        numbers.put("new_files", newFiles);
        numbers.put("rewritten_bytes", rewrittenBytes);
        numbers.put("new_bytes", newBytes);
        numbers.put("removed_delete_files", removedDeleteFiles);
        numbers.put("groups", groups);
        numbers.put("failed_groups", failedGroups);
        numbers.put("skipped", allFiles - rewrittenFiles);
        return numbers;
    }
}
