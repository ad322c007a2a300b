package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.LongConsumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/**
 * Runs the caller's text as it is, so that every error of binding points into it; only when a column has a type that Arrow cannot
 * show is the result read through a query that casts it.
 */
final class ResultQuery {
    private final Execution execution;
    private final BufferAllocator allocator;
    private final LongConsumer rowsSoFar;

    ResultQuery(Execution execution, BufferAllocator allocator, LongConsumer rowsSoFar) {
        this.execution = execution;
        this.allocator = allocator;
        this.rowsSoFar = rowsSoFar;
    }

    /** Takes the rows; it is called once. */
    interface Sink {
        void take(ResultRows rows) throws IOException, TaskFailedException;
    }

    /** Returns how many rows there were. */
    long into(Sink sink) throws TaskFailedException {
        String sql = execution.query().sql();
        try {
            ResultColumns columns;
            try (PreparedStatement prepared = execution.prepare(sql)) {
                execution.cancellation().check();
                columns = ResultColumns.of(prepared.getMetaData());
                if (columns.areKnown() && columns.areReadable()) {
                    return read(prepared, sql, columns, sink);
                }
            }
            if (!columns.areKnown()) {
                return intoUnknown(sink);
            }
            return casting(columns, sink);
        } catch (SQLException | IOException e) {
            execution.cancellation().check();
            throw new TaskFailedException(Failures.ofStatement(e, sql), e);
        }
    }

    /** The types depend on the values of parameters. */
    private long intoUnknown(Sink sink) throws TaskFailedException, SQLException, IOException {
        String sql = execution.query().sql();
        ResultColumns columns = Planner.explains(sql) ? null : execution.columns();
        if (columns != null && !columns.areReadable()) {
            return casting(columns, sink);
        }
        try (PreparedStatement prepared = execution.prepare(sql)) {
            return read(prepared, sql, columns, sink);
        }
    }

    private long casting(ResultColumns columns, Sink sink) throws TaskFailedException, SQLException, IOException {
        String casting = "SELECT " + Execution.casts(columns.readable(), columns.names()) + " FROM "
                + execution.source(columns.names().size());
        try (PreparedStatement prepared = execution.prepare(casting)) {
            return read(prepared, casting, columns, sink);
        }
    }

    /**
     * The driver loses the reason when a streamed result fails before its first rows ("Invalid result set"). Running it again
     * without streaming brings the reason to light.
     */
    private long read(PreparedStatement statement, String sql, @Nullable ResultColumns columns, Sink sink)
            throws SQLException, IOException, TaskFailedException {
        try {
            return read(statement, columns, sink);
        } catch (SQLException e) {
            execution.cancellation().check();
            if (e.getMessage() == null || !e.getMessage().contains("Invalid result set")) {
                throw e;
            }
        }
        execution.withoutStreaming();
        try (PreparedStatement again = execution.prepare(sql)) {
            return read(again, columns, sink);
        }
    }

    private long read(PreparedStatement statement, @Nullable ResultColumns known, Sink sink)
            throws SQLException, IOException, TaskFailedException {
        execution.running(statement);
        try (DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery()) {
            ResultColumns columns = known == null ? ResultColumns.of(result.getMetaData()) : known;
            try (ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, ResultRows.BATCH_ROWS)) {
                ResultRows rows = new ResultRows(reader, columns, execution.cancellation(), rowsSoFar);
                sink.take(rows);
                return rows.count();
            }
        }
    }
}
