package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.WriteMode;
import dev.tarn.engine.BoundStatement;
import dev.tarn.engine.Engine;
import dev.tarn.engine.MaterializedRows;
import dev.tarn.engine.Reading;
import dev.tarn.engine.WorkerRows;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.usage.Allowance;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.TargetColumn;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** Results as tables: the query's rows become data files under a write intent, and one commit. */
final class ResultTables {
    private final Access access;
    private final Tables tables;
    private final Materialization materialization;
    private final Allowance allowance;
    private final long targetFileBytes;

    ResultTables(
            Access access, Tables tables, Materialization materialization, Allowance allowance, long targetFileBytes) {
        this.access = access;
        this.tables = tables;
        this.materialization = materialization;
        this.allowance = allowance;
        this.targetFileBytes = targetFileBytes;
    }

    /** The same on tables whose changes become true in another way. */
    ResultTables on(Tables others) {
        return new ResultTables(access, others, materialization, allowance, targetFileBytes);
    }

    /** Runs a query and writes its rows as data files; see {@link Engine#materialize}. */
    @FunctionalInterface
    interface Materialization {
        MaterializedRows run(
                Caller caller,
                BoundStatement bound,
                MaterializeTask task,
                Deadline deadline,
                Cancellation cancellation);
    }

    /** What was kept, durably. */
    record Kept(TableName table, long rows, long snapshotId, Reading reading) {}

    Kept keep(
            Caller caller,
            BoundStatement bound,
            TableName name,
            WriteMode mode,
            Deadline deadline,
            Cancellation cancellation) {
        return keep(caller, bound, name, mode, deadline, cancellation, rows -> {});
    }

    /** @param expected hears of the rows before the commit that makes them true */
    Kept keep(
            Caller caller,
            BoundStatement bound,
            TableName name,
            WriteMode mode,
            Deadline deadline,
            Cancellation cancellation,
            Consumer<MaterializedRows> expected) {
        access.require(caller, mode == WriteMode.APPEND ? Verb.INSERT : Verb.CREATE, Resource.table(name.text()));
        allowance.requireRoom(caller);
        try (TableWrite write = tables.begin(caller, name, mode)) {
            // Rows of a table that wants them arranged have all its columns; others may bring wider types.
            List<TargetColumn> target =
                    mode == WriteMode.APPEND && !write.shape().isPlain() ? WorkerRows.target(write) : List.of();
            MaterializeTask task = WorkerRows.task(write, targetFileBytes, target, List.of());
            MaterializedRows rows = materialization.run(caller, bound, task, deadline, cancellation);
            cancellation.requireWanted();
            if (mode == WriteMode.APPEND) {
                check(write, rows.columns());
            }
            allowance.requireFit(caller);
            write.note(Map.of("rows", rows.rows(), "of", "statement"));
            expected.accept(rows);
            return new Kept(write.name(), rows.rows(), write.commit(rows.columns(), rows.files()), rows.reading());
        }
    }

    /** Columns fit by name; the commit finds out about types. */
    private static void check(TableWrite write, Schema schema) {
        Schema own = write.existingSchema().orElseThrow();
        for (Types.NestedField column : own.columns()) {
            if (column.isRequired() && schema.asStruct().field(column.name()) == null) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "The table %s needs a value in %s, and the query has none"
                                .formatted(
                                        write.name().text(),
                                        write.tells(column.name()) ? column.name() : "a column that you may not see"));
            }
        }
        for (Types.NestedField column : schema.columns()) {
            if (own.asStruct().field(column.name()) == null || !write.tells(column.name())) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "The table %s has no column %s; name the query's columns as the table's"
                                .formatted(write.name().text(), column.name()));
            }
        }
    }
}
