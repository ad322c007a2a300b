package dev.tarn.engine;

import dev.tarn.access.Caller;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.engine.Explanation.TablePlan;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import dev.tarn.storage.Warehouse;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.io.CloseableIterable;

/** From the names in a query to the files that it reads. Reading a table through the catalog authorises the caller. */
final class QueryPlanner {
    private final Tables tables;
    private final Warehouse warehouse;

    QueryPlanner(Tables tables, Warehouse warehouse) {
        this.tables = tables;
        this.warehouse = warehouse;
    }

    PlannedQuery plan(Caller caller, String sql, List<TableReference> references, Defaults defaults) {
        Map<TableName, TableSource> sources = new LinkedHashMap<>();
        List<Replacement> replacements = new ArrayList<>();
        for (TableReference reference : references) {
            ReadableTable table = read(caller, sql, reference, defaults);
            sources.computeIfAbsent(table.name(), name -> source(table));
            if (table.name().namespace().size() > 1) {
                replacements.add(Replacement.of(sql, reference, table.name()));
            }
        }
        List<TablePlan> plans = new ArrayList<>();
        sources.forEach((name, source) -> plans.add(planned(name, source)));
        return new PlannedQuery(Replacement.applied(sql, replacements), sql, List.copyOf(sources.values()), plans);
    }

    /** All files of a version are planned; which parts of them are skipped is the engine's own decision. */
    private static TablePlan planned(TableName name, TableSource source) {
        long files = source.files().size();
        long bytes = source.files().stream().mapToLong(SourceFile::sizeBytes).sum();
        long rows = source.files().stream().mapToLong(SourceFile::rows).sum();
        return new TablePlan(name.text(), files, files, bytes, bytes, rows, rows);
    }

    private ReadableTable read(Caller caller, String sql, TableReference reference, Defaults defaults) {
        try {
            return tables.read(caller, TableName.of(reference.path(), defaults.namespace()));
        } catch (TarnException e) {
            TarnException told = told(e, reference, defaults);
            throw reference.offset() < 0 ? told : told.at(TextPosition.of(sql, reference.offset(), reference.length()));
        }
    }

    /** Somebody who named no namespace is told of the table, even where the default namespace is not made yet. */
    private static TarnException told(TarnException failure, TableReference reference, Defaults defaults) {
        return failure.code() == ErrorCode.UNKNOWN_NAMESPACE && reference.path().size() == 1
                ? new TarnException(
                        ErrorCode.UNKNOWN_TABLE,
                        "There is no table %s in namespace %s; name another, as namespace.table"
                                .formatted(reference.path().getFirst(), defaults.namespaceText()),
                        failure)
                : failure;
    }

    private TableSource source(ReadableTable table) {
        return new TableSource(
                table.name().catalog(),
                table.name().namespaceText(),
                table.name().table(),
                SourceColumns.of(table),
                files(table),
                SourceColumns.evolved(table));
    }

    private List<SourceFile> files(ReadableTable table) {
        if (table.snapshotId().isEmpty()) {
            return List.of();
        }
        TableScan scan = table.table().newScan().useSnapshot(table.snapshotId().getAsLong());
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
}
