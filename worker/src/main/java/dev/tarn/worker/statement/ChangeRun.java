package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.ChangeTask;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.TouchedFile;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes rows of a table. The caller's statement runs once, over what the caller may see, and its outcome is kept as a temporary
 * table: the places of rows and what becomes of each. From that and the files that it names, read whole and by our own SQL alone, the
 * new files are written; so a row keeps what the caller may not see of it.
 */
public final class ChangeRun extends WritingRun<Message.Changed> {
    private static final int RESULT_COLUMNS = 3;

    private final ChangeTask task;

    public ChangeRun(long id, Query query, ChangeTask task, Cancellation cancellation) {
        super(id, query, task.output(), List.of(task.places()), cancellation);
        this.task = task;
    }

    @Override
    Message.Changed write(Execution execution, Planner planner) throws TaskFailedException, SQLException, IOException {
        // What is wrong in the text is told with its place here; behind a view that is lost.
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
            RewrittenRows rewritten = new RewrittenRows(task, query().tables().get(task.table()), touched);
            Written written =
                    files(execution, rewritten.select(execution.instance()), rewritten.columns(), false, false);
            files = written.files();
            scanned += written.bytesScanned();
        }
        if (!touched.isEmpty() && !task.rewrites()) {
            execute(execution, rows.places(task.places()), false);
        }
        cancellation().check();
        long count = Long.parseLong(execution.instance().text(rows.count()));
        return new Message.Changed(id(), files, touched, count, scanned);
    }

    private long execute(Execution execution, String sql, boolean ofCaller) throws TaskFailedException, SQLException {
        try (PreparedStatement statement = ofCaller
                ? execution.prepare(sql)
                : execution.instance().connection().prepareStatement(sql)) {
            execution.running(statement);
            cancellation().check();
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
