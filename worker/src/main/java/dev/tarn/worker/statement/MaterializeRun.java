package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.ParquetOutput;
import dev.tarn.worker.duckdb.RowsToFiles;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Arrangement;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a statement's rows as the data files of a table, in order when the statement says one. The engine writes them itself, with
 * all threads; its fence opens for these files alone.
 */
public final class MaterializeRun {
    private final long id;
    private final Query query;
    private final MaterializeTask task;
    private final ParquetOutput output;
    private final Cancellation cancellation;
    private volatile @Nullable Execution running;

    public MaterializeRun(long id, Query query, MaterializeTask task, Cancellation cancellation) {
        this.id = id;
        this.query = query;
        this.task = task;
        this.output = new ParquetOutput(task.outputFolder(), task.filePrefix(), task.targetFileBytes());
        this.cancellation = cancellation;
    }

    public Message.Progress progress() {
        Execution execution = running;
        return new Message.Progress(id, execution == null ? -1 : execution.fraction(), 0);
    }

    /** Writes all files or none and returns the last reply. */
    public Message.Materialized run(Planner planner, Path scratch)
            throws TaskFailedException, SQLException, IOException {
        boolean complete = false;
        try {
            Message.Materialized written = write(planner, scratch);
            complete = true;
            return written;
        } finally {
            running = null;
            if (!complete) {
                output.delete();
            }
        }
    }

    private Message.Materialized write(Planner planner, Path scratch)
            throws TaskFailedException, SQLException, IOException {
        Planner.requireTable(query.sql());
        Arrangement arrangement = task.arrangement();
        List<String> writable = arrangement.isNone() ? output.paths() : output.ownFolder();
        try (Execution execution = Execution.open(query, cancellation, planner, scratch, writable, arrangement)) {
            running = execution;
            try {
                ResultColumns result = execution.columns();
                Assignment assignment = Assignment.of(task, result);
                List<ParquetOutput.Column> columns = assignment.columns();
                String select = "SELECT " + assignment.list() + " FROM "
                        + execution.source(result.names().size());
                Reading reading = new Reading(execution);
                List<WrittenFile> files = new RowsToFiles(output, arrangement, cancellation)
                        .write(reading, select, columns, planner.isOrdered(query.sql()));
                return reply(columns, files, reading.bytesScanned);
            } catch (SQLException e) {
                cancellation.check();
                throw new TaskFailedException(Failures.ofStatement(e, query.sql()), e);
            }
        }
    }

    /** The statement's rows. */
    private static final class Reading implements RowsToFiles.Source {
        private final Execution execution;
        private long bytesScanned;

        Reading(Execution execution) {
            this.execution = execution;
        }

        @Override
        public Instance instance() {
            return execution.instance();
        }

        @Override
        public PreparedStatement prepare(String sql) throws TaskFailedException, SQLException {
            return execution.prepare(sql);
        }

        @Override
        public void reading(PreparedStatement statement) {
            execution.running(statement);
        }

        @Override
        public void read() throws SQLException {
            bytesScanned = execution.bytesScanned();
            // The statement is closed soon.
            execution.running(null);
        }
    }

    private Message.Materialized reply(List<ParquetOutput.Column> columns, List<WrittenFile> files, long scanned) {
        List<LoadedColumn> loaded = columns.stream()
                .map(column -> new LoadedColumn(
                        column.fieldId(), column.name(), column.type().text()))
                .toList();
        long rows = files.stream().mapToLong(WrittenFile::rows).sum();
        return new Message.Materialized(id, loaded, files, rows, scanned);
    }
}
