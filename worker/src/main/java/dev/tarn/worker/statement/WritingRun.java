package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.ParquetOutput;
import dev.tarn.worker.duckdb.RowsToFiles;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that writes data files of a table, all of them or none. The engine's fence opens for its files alone. */
abstract class WritingRun<R extends Message.End> {
    private final long id;
    private final Query query;
    private final MaterializeTask task;
    private final List<String> besides;
    private final ParquetOutput output;
    private final Cancellation cancellation;
    private volatile @Nullable Execution running;

    /** @param besides other files that it may write */
    WritingRun(long id, Query query, MaterializeTask task, List<String> besides, Cancellation cancellation) {
        this.id = id;
        this.query = query;
        this.task = task;
        this.besides = besides;
        this.output = new ParquetOutput(task.outputFolder(), task.filePrefix(), task.targetFileBytes());
        this.cancellation = cancellation;
    }

    long id() {
        return id;
    }

    Query query() {
        return query;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    public Message.Progress progress() {
        Execution execution = running;
        return new Message.Progress(id, execution == null ? -1 : execution.fraction(), 0);
    }

    /** Returns the last reply. */
    public R run(Planner planner, Path scratch) throws TaskFailedException, SQLException, IOException {
        List<String> writable = new ArrayList<>(besides);
        writable.addAll(readable());
        writable.addAll(task.arrangement().isNone() ? output.paths() : output.ownFolder());
        boolean complete = false;
        try (Execution execution =
                Execution.open(query, cancellation, planner, scratch, writable, task.arrangement())) {
            running = execution;
            R reply = write(execution, planner);
            complete = true;
            return reply;
        } catch (SQLException e) {
            cancellation.check();
            throw new TaskFailedException(Failures.ofStatement(e, query.sql()), e);
        } finally {
            running = null;
            if (!complete) {
                output.delete();
                for (String file : besides) {
                    Files.deleteIfExists(Path.of(file));
                }
            }
        }
    }

    /** Files that it reads beside those of the statement's tables. */
    List<String> readable() {
        return List.of();
    }

    abstract R write(Execution execution, Planner planner) throws TaskFailedException, SQLException, IOException;

    /** @param bytesScanned what was read for them */
    record Written(List<WrittenFile> files, long bytesScanned) {}

    /**
     * Writes the files.
     *
     * @param select has the columns of the files, in their order
     * @param ordered whether its rows have an order
     * @param ofCaller whether something of the caller's statement is in it, with its parameters
     */
    Written files(
            Execution execution, String select, List<ParquetOutput.Column> columns, boolean ordered, boolean ofCaller)
            throws TaskFailedException, SQLException, IOException {
        return files(execution, select, columns, ordered, ofCaller, ParquetOutput.FIRST_FILE_ROWS);
    }

    /** @param firstRows of a first file, as far as can be told */
    Written files(
            Execution execution,
            String select,
            List<ParquetOutput.Column> columns,
            boolean ordered,
            boolean ofCaller,
            long firstRows)
            throws TaskFailedException, SQLException, IOException {
        Rows rows = new Rows(execution, ofCaller);
        List<WrittenFile> files = new RowsToFiles(output, task.arrangement(), cancellation, firstRows)
                .write(rows, select, columns, ordered);
        return new Written(files, rows.bytesScanned);
    }

    private static final class Rows implements RowsToFiles.Source {
        private final Execution execution;
        private final boolean ofCaller;
        private long bytesScanned;

        Rows(Execution execution, boolean ofCaller) {
            this.execution = execution;
            this.ofCaller = ofCaller;
        }

        @Override
        public Instance instance() {
            return execution.instance();
        }

        @Override
        public PreparedStatement prepare(String sql) throws TaskFailedException, SQLException {
            return ofCaller ? execution.prepare(sql) : RowsToFiles.Source.super.prepare(sql);
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
}
