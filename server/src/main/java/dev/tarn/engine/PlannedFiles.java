package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.engine.Explanation.TablePlan;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.Warehouse;
import dev.tarn.worker.protocol.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The files of a table's version that a query reads.
 *
 * @param files that may hold rows that are wanted
 * @param all the size of the version
 */
record PlannedFiles(List<SourceFile> files, Size all) {
    /** How much some files are. */
    record Size(long files, long bytes, long rows) {
        static Size of(List<SourceFile> files) {
            return new Size(
                    files.size(),
                    files.stream().mapToLong(SourceFile::sizeBytes).sum(),
                    files.stream().mapToLong(SourceFile::rows).sum());
        }

        /** As the version's own summary has it; other engines may leave it out. */
        static Optional<Size> of(Map<String, String> summary) {
            String files = summary.get(SnapshotSummary.TOTAL_DATA_FILES_PROP);
            String bytes = summary.get(SnapshotSummary.TOTAL_FILE_SIZE_PROP);
            String rows = summary.get(SnapshotSummary.TOTAL_RECORDS_PROP);
            try {
                return files == null || bytes == null || rows == null
                        ? Optional.empty()
                        : Optional.of(new Size(Long.parseLong(files), Long.parseLong(bytes), Long.parseLong(rows)));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    static PlannedFiles of(ReadableTable table, Expression wanted, Warehouse warehouse) {
        if (table.snapshotId().isEmpty()) {
            return new PlannedFiles(List.of(), new Size(0, 0, 0));
        }
        TableScan scan = table.table().newScan();
        if (wanted.op() == Expression.Operation.TRUE) {
            List<SourceFile> files = planned(table, scan, warehouse);
            return new PlannedFiles(files, Size.of(files));
        }
        List<SourceFile> files = planned(table, scan.filter(wanted), warehouse);
        Size all = Size.of(scan.snapshot().summary()).orElseGet(() -> Size.of(planned(table, scan, warehouse)));
        return new PlannedFiles(files, all);
    }

    private static List<SourceFile> planned(ReadableTable table, TableScan scan, Warehouse warehouse) {
        List<SourceFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            for (FileScanTask task : tasks) {
                if (!task.deletes().isEmpty()) {
                    throw new TarnException(
                            ErrorCode.STATEMENT_NOT_ALLOWED,
                            "The table %s has row deletes, which this server cannot read yet".formatted(table.name()));
                }
                files.add(new SourceFile(
                        warehouse.path(task.file().location()).toString(),
                        task.file().fileSizeInBytes(),
                        task.file().recordCount()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    TablePlan plan(ReadableTable table) {
        Size planned = Size.of(files);
        return new TablePlan(
                table.name().text(),
                all.files(),
                planned.files(),
                all.bytes(),
                planned.bytes(),
                all.rows(),
                planned.rows());
    }
}
