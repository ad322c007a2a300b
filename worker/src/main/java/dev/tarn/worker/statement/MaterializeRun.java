package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.ParquetOutput;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Writes a statement's rows as the data files of a table, in order when the statement says one. */
public final class MaterializeRun extends WritingRun<Message.Materialized> {
    private final MaterializeTask task;

    public MaterializeRun(long id, Query query, MaterializeTask task, Cancellation cancellation) {
        super(id, query, task, List.of(), cancellation);
        this.task = task;
    }

    @Override
    public Message.Materialized run(Planner planner, Path scratch)
            throws TaskFailedException, SQLException, IOException {
        Planner.requireTable(query().sql());
        return super.run(planner, scratch);
    }

    @Override
    Message.Materialized write(Execution execution, Planner planner)
            throws TaskFailedException, SQLException, IOException {
        ResultColumns result = execution.columns();
        Assignment assignment = Assignment.of(task, result);
        String select = "SELECT " + assignment.list() + " FROM "
                + execution.source(result.names().size());
        return reply(
                assignment.columns(),
                files(execution, select, assignment.columns(), planner.isOrdered(query().sql()), true));
    }

    private Message.Materialized reply(List<ParquetOutput.Column> columns, Written written) {
        List<LoadedColumn> loaded = columns.stream()
                .map(column -> new LoadedColumn(
                        column.fieldId(), column.name(), column.type().text()))
                .toList();
        long rows = written.files().stream().mapToLong(WrittenFile::rows).sum();
        return new Message.Materialized(id(), loaded, written.files(), rows, written.bytesScanned());
    }
}
