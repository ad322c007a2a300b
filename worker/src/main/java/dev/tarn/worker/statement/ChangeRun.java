package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.ParquetOutput;
import dev.tarn.worker.duckdb.RowsToFiles;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Arrangement;
import dev.tarn.worker.protocol.ChangeTask;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.TouchedFile;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes rows of a table. The caller's statement runs once, over what the caller may see, and its outcome is kept as a temporary
 * table: the places of rows and what becomes of each. From that and the files that it names, read whole and by our own SQL alone, the
 * new files are written; so a row keeps what the caller may not see of it.
 */
public final class ChangeRun {
    private static final int RESULT_COLUMNS = 3;

    private final long id;
    private final Query query;
    private final ChangeTask task;
    private final ParquetOutput output;
    private final Cancellation cancellation;
    private volatile @Nullable Execution running;

    public ChangeRun(long id, Query query, ChangeTask task, Cancellation cancellation) {
        this.id = id;
        this.query = query;
        this.task = task;
        MaterializeTask files = task.output();
        this.output = new ParquetOutput(files.outputFolder(), files.filePrefix(), files.targetFileBytes());
        this.cancellation = cancellation;
    }

    public Message.Progress progress() {
        Execution execution = running;
        return new Message.Progress(id, execution == null ? -1 : execution.fraction(), 0);
    }

    /** Writes all files or none and returns the last reply. */
    public Message.Changed run(Planner planner, Path scratch) throws TaskFailedException, SQLException, IOException {
        Arrangement arrangement = task.output().arrangement();
        List<String> writable = new ArrayList<>(arrangement.isNone() ? output.paths() : output.ownFolder());
        writable.add(task.places());
        boolean complete = false;
        try (Execution execution = Execution.open(query, cancellation, planner, scratch, writable, arrangement)) {
            running = execution;
            Message.Changed changed = changed(execution);
            complete = true;
            return changed;
        } catch (SQLException e) {
            cancellation.check();
            throw new TaskFailedException(Failures.ofStatement(e, query.sql()), e);
        } finally {
            running = null;
            if (!complete) {
                output.delete();
                Files.deleteIfExists(Path.of(task.places()));
            }
        }
    }

    private Message.Changed changed(Execution execution) throws TaskFailedException, SQLException, IOException {
        execution.columns();
        ChangedRows rows = new ChangedRows(task);
        long scanned = execute(execution, rows.keep(execution.source(RESULT_COLUMNS)), true);
        if (!task.unique() && execution.instance().text(rows.countTwice()) != null) {
            throw new TaskFailedException(
                    Failure.of(
                            Failure.Kind.TYPE,
                            "Several rows of the source change the same row of the table; make the source's rows unique, so that each row is changed once"));
        }
        List<TouchedFile> touched = touched(execution, rows);
        List<WrittenFile> files = List.of();
        if (rows.writes(!touched.isEmpty())) {
            RewrittenRows rewritten = new RewrittenRows(task, query.tables().get(task.table()), touched);
            String select = rewritten.select(execution.instance());
            Writing writing = new Writing(execution);
            files = new RowsToFiles(output, task.output().arrangement(), cancellation)
                    .write(writing, select, rewritten.columns(), false);
            scanned += writing.bytesScanned;
        }
        if (!touched.isEmpty() && !task.rewrites()) {
            execute(execution, rows.places(task.places()), false);
        }
        cancellation.check();
        long count = Long.parseLong(execution.instance().text(rows.count()));
        return new Message.Changed(id, files, touched, count, scanned);
    }

    /** The rows of the new files, in which nothing of the caller's statement is left. */
    private static final class Writing implements RowsToFiles.Source {
        private final Execution execution;
        private long bytesScanned;

        Writing(Execution execution) {
            this.execution = execution;
        }

        @Override
        public Instance instance() {
            return execution.instance();
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

    private long execute(Execution execution, String sql, boolean ofCaller) throws TaskFailedException, SQLException {
        try (PreparedStatement statement = ofCaller
                ? execution.prepare(sql)
                : execution.instance().connection().prepareStatement(sql)) {
            execution.running(statement);
            cancellation.check();
            statement.execute();
            return execution.bytesScanned();
        } finally {
            execution.running(null);
        }
    }

    private static List<TouchedFile> touched(Execution execution, ChangedRows rows) throws SQLException {
        List<TouchedFile> touched = new ArrayList<>();
        try (Statement statement = execution.instance().connection().createStatement();
                ResultSet files = statement.executeQuery(rows.touched())) {
            while (files.next()) {
                touched.add(new TouchedFile(files.getInt(1), files.getLong(2)));
            }
        }
        return touched;
    }
}
