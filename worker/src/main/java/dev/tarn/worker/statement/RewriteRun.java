package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.ParquetOutput;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.RewriteTask;
import dev.tarn.worker.protocol.RowPlaces;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import dev.tarn.worker.protocol.TargetColumn;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes the rows of a table's files as other files: without deleted ones, with the columns and in the partitions that the table has
 * now, each row with the id that it had.
 */
public final class RewriteRun extends WritingRun<Message.Materialized> {
    private final RewriteTask task;

    public RewriteRun(long id, RewriteTask task, Cancellation cancellation) {
        super(id, query(task), task.output(), List.of(), cancellation);
        this.task = task;
    }

    /** It names no table: no view is made over files, which may be thousands, only to look at each of them. */
    private static Query query(RewriteTask task) {
        return new Query(
                "SELECT 1",
                List.of(),
                List.of(),
                task.table().catalog(),
                task.table().schema(),
                task.memoryLimitBytes(),
                task.threads());
    }

    @Override
    List<String> readable() {
        return TableViews.allPaths(task.table());
    }

    @Override
    Message.Materialized write(Execution execution, Planner planner)
            throws TaskFailedException, SQLException, IOException {
        List<ParquetOutput.Column> columns = RewrittenRows.columns(task.output().target(), keepsIds());
        long rows = task.table().files().stream().mapToLong(SourceFile::rows).sum();
        long bytes =
                task.table().files().stream().mapToLong(SourceFile::sizeBytes).sum();
        long firstRows = new ParquetOutput(
                        task.output().outputFolder(),
                        task.output().filePrefix(),
                        task.output().targetFileBytes())
                .rows(rows, bytes);
        Written written = files(execution, select(execution.instance()), columns, false, false, firstRows);
        List<LoadedColumn> loaded = columns.stream()
                .map(column -> new LoadedColumn(
                        column.fieldId(), column.name(), column.type().text()))
                .toList();
        return new Message.Materialized(
                id(),
                loaded,
                written.files(),
                written.files().stream().mapToLong(WrittenFile::rows).sum(),
                bytes);
    }

    private boolean keepsIds() {
        return !task.lineage().isEmpty();
    }

    private String select(Instance instance) throws SQLException, TaskFailedException {
        Optional<RowLineage> lineage = keepsIds()
                ? Optional.of(new RowLineage(PlaceColumns.of(task.table(), freeNames(task.table())), task.lineage()))
                : Optional.empty();
        List<String> values = new ArrayList<>();
        for (TargetColumn column : task.output().target()) {
            values.add("CAST(tarn_old." + Sql.name(column.name()) + " AS " + column.type() + ") AS "
                    + Sql.name(column.name()));
        }
        lineage.ifPresent(ids -> {
            values.add("tarn_old." + Sql.name(ids.id()) + " AS " + RowLineage.ID_NAME);
            values.add("tarn_old." + Sql.name(ids.sequence()) + " AS " + RowLineage.SEQUENCE_NAME);
        });
        return "SELECT " + String.join(", ", values) + " FROM (" + FileRows.select(instance, task.table(), lineage)
                + ") AS tarn_old";
    }

    /** No column begins with them. */
    private static RowPlaces freeNames(TableSource table) {
        String free = "tarn_place";
        while (isTaken(table, free)) {
            free += "_";
        }
        return new RowPlaces(free, free + "_row");
    }

    private static boolean isTaken(TableSource table, String beginning) {
        return table.columns().stream()
                .anyMatch(column -> column.name().toLowerCase(Locale.ROOT).startsWith(beginning));
    }
}
