package dev.tarn.upkeep;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.upkeep.CompactionPlan.OneFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.ContentFileUtil;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.iceberg.util.StructLikeWrapper;

/**
 * The data files of one version of a table, with the deletes that hold for them.
 *
 * @param table that version
 */
record CompactedFiles(ReadableTable table, List<OneFile<FileScanTask>> files) {

    /** Iceberg plans manifests side by side, in no order; rows that came together are to stay together. */
    private static final Comparator<FileScanTask> AGE = Comparator.<FileScanTask>comparingLong(task -> {
                Long sequence = task.file().dataSequenceNumber();
                return sequence == null ? 0 : sequence;
            })
            .thenComparing(task -> task.file().location());

    /** @param wanted files without rows like these are left out */
    static CompactedFiles plan(ReadableTable table, Expression wanted) {
        if (table.snapshotId().isEmpty()) {
            return new CompactedFiles(table, List.of());
        }
        List<FileScanTask> tasks = new ArrayList<>();
        try (CloseableIterable<FileScanTask> planned = table.table()
                .newScan()
                .useSnapshot(table.snapshotId().getAsLong())
                .filter(wanted)
                .ignoreResiduals()
                .planFiles()) {
            planned.forEach(tasks::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tasks.sort(AGE);
        PartitionSpec spec = table.table().spec();
        StructLikeWrapper partitions = StructLikeWrapper.forType(spec.partitionType());
        Map<String, Long> rowsOfDeletes = rowsOfDeletes(tasks);
        return new CompactedFiles(
                table,
                tasks.stream()
                        .map(task -> new OneFile<>(
                                task,
                                task.file().specId() == spec.specId()
                                        ? Optional.of(
                                                partitions.copyFor(task.file().partition()))
                                        : Optional.empty(),
                                task.file().fileSizeInBytes(),
                                task.file().recordCount(),
                                task.deletes().size(),
                                deletedRows(task, rowsOfDeletes)))
                        .toList());
    }

    /** How many rows there are in all files that a delete file may hold for. */
    private static Map<String, Long> rowsOfDeletes(List<FileScanTask> tasks) {
        Map<String, Long> rows = new HashMap<>();
        for (FileScanTask task : tasks) {
            for (DeleteFile delete : task.deletes()) {
                if (!ContentFileUtil.isFileScoped(delete)) {
                    rows.merge(delete.location(), task.file().recordCount(), Long::sum);
                }
            }
        }
        return rows;
    }

    /** Deletes that may hold for several files are thought to be spread over them. */
    private static double deletedRows(FileScanTask task, Map<String, Long> rowsOfDeletes) {
        double deleted = 0;
        for (DeleteFile delete : task.deletes()) {
            long rows =
                    rowsOfDeletes.getOrDefault(delete.location(), task.file().recordCount());
            deleted +=
                    rows == 0 ? 0 : (double) delete.recordCount() * task.file().recordCount() / rows;
        }
        return deleted;
    }

    /** Of some files those that are still there. */
    List<FileScanTask> tasks(Set<String> locations) {
        return files.stream()
                .map(OneFile::source)
                .filter(task -> locations.contains(task.file().location()))
                .toList();
    }

    /** Whether rows of these files may have been changed or deleted, or files been taken away by others, up to a newer version. */
    boolean mayHaveLostRows(ReadableTable newer) {
        if (newer.table().schema().schemaId() != table.table().schema().schemaId()
                || newer.table().spec().specId() != table.table().spec().specId()) {
            return true;
        }
        if (table.snapshotId().isEmpty() || newer.snapshotId().equals(table.snapshotId())) {
            return newer.snapshotId().isPresent() && table.snapshotId().isEmpty();
        }
        for (Snapshot snapshot : SnapshotUtil.ancestorsOf(newer.snapshotId().orElse(-1), newer.table()::snapshot)) {
            if (snapshot.snapshotId() == table.snapshotId().getAsLong()) {
                return false;
            }
            boolean harmless = snapshot.operation().equals(DataOperations.APPEND)
                    || snapshot.operation().equals(DataOperations.REPLACE);
            if (!harmless) {
                return true;
            }
        }
        return true;
    }
}
