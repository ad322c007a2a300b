package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.Warehouse;
import dev.tarn.worker.protocol.RowDeletes;
import dev.tarn.worker.protocol.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The files of a table's version that a query reads.
 *
 * @param files that may hold rows that are wanted
 * @param all the size of the version
 * @param deletes of rows in the files
 * @param tasks the files as Iceberg planned them, in the same order
 * @param whole those that are not among them, since a DELETE takes all their rows
 */
record PlannedFiles(
        List<SourceFile> files, Size all, Optional<RowDeletes> deletes, List<FileScanTask> tasks, WholeFiles whole) {
    private static final int MOST_FILES = 200;
    private static final int MOST_COLUMNS = 100;

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

    /**
     * @param plans those of before
     * @param scratch where deletes of rows go
     */
    static PlannedFiles of(
            ReadableTable table, Expression wanted, Warehouse warehouse, FilePlans plans, ScratchTables scratch) {
        if (table.snapshotId().isEmpty()) {
            return new PlannedFiles(List.of(), new Size(0, 0, 0), Optional.empty(), List.of(), WholeFiles.NONE);
        }
        FilePlans.Plan plan = isSmall(table)
                ? plans.plan(
                                table,
                                Expressions.alwaysTrue(),
                                () -> planned(table, Expressions.alwaysTrue(), warehouse, true))
                        .with(new FileCondition(table.schema(), wanted))
                : plans.plan(table, wanted, () -> planned(table, wanted, warehouse, false));
        return of(table, plan, WholeFiles.NONE, plans, scratch);
    }

    /** Reading manifests for each condition takes longer than looking at all of few files. */
    private static boolean isSmall(ReadableTable table) {
        return table.table().schema().columns().size() <= MOST_COLUMNS
                && Size.of(table.table()
                                .snapshot(table.snapshotId().orElseThrow())
                                .summary())
                        .filter(size -> size.files() <= MOST_FILES)
                        .isPresent();
    }

    /**
     * Of a DELETE.
     *
     * @param gone what is true of the rows that it takes, and of no others
     */
    static PlannedFiles left(
            ReadableTable table, Expression gone, Warehouse warehouse, FilePlans plans, ScratchTables scratch) {
        if (table.snapshotId().isEmpty()) {
            return of(table, gone, warehouse, plans, scratch);
        }
        FilePlans.Plan plan = planned(table, gone, warehouse, true);
        WholeFiles whole = WholeFiles.among(table, plan.tasks());
        List<SourceFile> files = new ArrayList<>();
        List<FileScanTask> tasks = new ArrayList<>();
        for (int i = 0; i < plan.tasks().size(); i++) {
            if (!whole.tasks().contains(plan.tasks().get(i))) {
                files.add(plan.files().get(i));
                tasks.add(plan.tasks().get(i));
            }
        }
        return of(table, new FilePlans.Plan(files, plan.all(), tasks), whole, plans, scratch);
    }

    private static PlannedFiles of(
            ReadableTable table, FilePlans.Plan plan, WholeFiles whole, FilePlans plans, ScratchTables scratch) {
        TableDeletes deletes = new TableDeletes(table, plans, scratch);
        for (int i = 0; i < plan.files().size(); i++) {
            if (plan.files().get(i).deletes()) {
                deletes.add(plan.tasks().get(i), plan.files().get(i).path());
            }
        }
        return new PlannedFiles(plan.files(), plan.all(), deletes.written(), plan.tasks(), whole);
    }

    private static FilePlans.Plan planned(
            ReadableTable table, Expression wanted, Warehouse warehouse, boolean withBounds) {
        TableScan scan = withBounds
                ? table.table().newScan().includeColumnStats()
                : table.table().newScan();
        List<FileScanTask> tasks = new ArrayList<>();
        if (wanted.op() == Expression.Operation.TRUE) {
            List<SourceFile> files = planned(table, scan, warehouse, tasks);
            return new FilePlans.Plan(files, Size.of(files), List.copyOf(tasks));
        }
        List<SourceFile> files = planned(table, scan.filter(wanted), warehouse, tasks);
        Size all = Size.of(scan.snapshot().summary())
                .orElseGet(() -> Size.of(planned(table, scan, warehouse, new ArrayList<>())));
        return new FilePlans.Plan(files, all, List.copyOf(tasks));
    }

    private static List<SourceFile> planned(
            ReadableTable table, TableScan scan, Warehouse warehouse, List<FileScanTask> planned) {
        Map<String, SourceFile> files = new LinkedHashMap<>();
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            for (FileScanTask task : tasks) {
                if (task.file().recordCount() == 0) {
                    continue; // the engine fails at a file without rows
                }
                SourceFile file = file(table, task, warehouse);
                if (files.put(file.path(), file) != null) {
                    throw new TarnException(
                            ErrorCode.STATEMENT_NOT_ALLOWED,
                            "The table %s names one of its data files twice, which this server cannot read"
                                    .formatted(table.name().text()));
                }
                planned.add(task);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(files.values());
    }

    /** Some files of a version, planned before; all of them have rows. */
    static PlannedFiles of(
            ReadableTable table,
            List<FileScanTask> tasks,
            Warehouse warehouse,
            FilePlans plans,
            ScratchTables scratch) {
        List<SourceFile> files =
                tasks.stream().map(task -> file(table, task, warehouse)).toList();
        return of(table, new FilePlans.Plan(files, Size.of(files), tasks), WholeFiles.NONE, plans, scratch);
    }

    private static SourceFile file(ReadableTable table, FileScanTask task, Warehouse warehouse) {
        if (task.file().format() != FileFormat.PARQUET) {
            throw new TarnException(
                    ErrorCode.STATEMENT_NOT_ALLOWED,
                    "The table %s has data files of format %s; this server reads Parquet files alone"
                            .formatted(table.name().text(), task.file().format()));
        }
        String path = file(table, task.file(), warehouse);
        task.deletes().forEach(deletes -> file(table, deletes, warehouse));
        return new SourceFile(
                path,
                task.file().fileSizeInBytes(),
                task.file().recordCount(),
                !task.deletes().isEmpty(),
                SourceColumns.constants(table, task));
    }

    /** Whoever wrote the table's metadata may have named any file. */
    private static String file(ReadableTable table, ContentFile<?> file, Warehouse warehouse) {
        return warehouse.fileOf(table.table().location(), file.location()).toString();
    }

    /** How much is read. */
    Size planned() {
        return Size.of(files);
    }
}
