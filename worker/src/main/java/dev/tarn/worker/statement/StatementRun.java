package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;
import org.duckdb.QueryProgress;
import org.jspecify.annotations.Nullable;

/**
 * Runs one statement in an instance of its own. The caller's text is prepared as it is, so that every error of binding points into
 * it; only when a column has a type that Arrow cannot show is the result read through a view that casts it.
 */
public final class StatementRun {
    private static final String RESULT_VIEW = "temp.main.tarn_result";

    private final long id;
    private final Query query;
    private final Replies replies;
    private final Cancellation cancellation;
    private volatile long rows;
    private volatile @Nullable DuckDBPreparedStatement running;

    public StatementRun(long id, Query query, Replies replies, Cancellation cancellation) {
        this.id = id;
        this.query = query;
        this.replies = replies;
        this.cancellation = cancellation;
    }

    /** Sends the rows and returns the last reply. */
    public Message.Done run(Planner planner, BufferAllocator allocator, Path scratch)
            throws TaskFailedException, SQLException, IOException {
        planner.requireOneSelect(query.sql());
        cancellation.check();
        try (Instance instance = Instance.open(scratch, query.memoryLimitBytes(), query.threads(), true)) {
            cancellation.watch(instance.connection());
            try {
                prepareInstance(instance);
                cancellation.check();
                long count = stream(instance, allocator);
                List<String> files = query.tables().stream()
                        .flatMap(table -> TableViews.paths(table).stream())
                        .toList();
                return new Message.Done(id, count, ScannedBytes.ofLastStatement(instance, files));
            } finally {
                running = null;
                cancellation.watch(null);
            }
        }
    }

    public Message.Progress progress() {
        DuckDBPreparedStatement statement = running;
        double fraction = -1;
        try {
            QueryProgress progress = statement == null ? null : statement.getQueryProgress();
            if (progress != null && progress.getPercentage() >= 0) {
                fraction = Math.min(1, progress.getPercentage() / 100);
            }
        } catch (SQLException e) {
            // The statement has just ended; the next message says so.
            fraction = -1;
        }
        return new Message.Progress(id, fraction, rows);
    }

    private void prepareInstance(Instance instance) throws TaskFailedException, SQLException {
        instance.execute("SET enable_progress_bar = true; SET progress_bar_time = 0");
        ScannedBytes.prepare(instance);
        try {
            TableViews.create(instance, query);
        } catch (SQLException e) {
            throw new TaskFailedException(Failures.of(e), e);
        }
    }

    private long stream(Instance instance, BufferAllocator allocator) throws TaskFailedException {
        String sql = query.sql();
        ResultStream stream = new ResultStream(allocator, cancellation, count -> rows = count);
        try (PreparedStatement prepared = instance.connection().prepareStatement(sql)) {
            cancellation.check();
            List<String> types = types(prepared.getMetaData());
            List<String> readable = types.stream().map(ReadableType::of).toList();
            if (readable.equals(types)) {
                return write(instance, prepared, sql, types, stream);
            }
            String casting = castingStatement(instance, readable, names(prepared.getMetaData()));
            try (PreparedStatement preparedCasting = instance.connection().prepareStatement(casting)) {
                return write(instance, preparedCasting, casting, types, stream);
            }
        } catch (SQLException | IOException e) {
            cancellation.check();
            throw new TaskFailedException(Failures.ofStatement(e, sql), e);
        }
    }

    /**
     * The driver loses the reason when a streamed result fails before its first rows ("Invalid result set"). Running it again
     * without streaming brings the reason to light.
     */
    private long write(
            Instance instance, PreparedStatement statement, String sql, List<String> types, ResultStream stream)
            throws SQLException, IOException, TaskFailedException {
        try {
            return write(statement, types, stream);
        } catch (SQLException e) {
            cancellation.check();
            if (e.getMessage() == null || !e.getMessage().contains("Invalid result set")) {
                throw e;
            }
        }
        instance.execute("SET jdbc_stream_results = false");
        try (PreparedStatement again = instance.connection().prepareStatement(sql)) {
            return write(again, types, stream);
        }
    }

    private long write(PreparedStatement statement, List<String> types, ResultStream stream)
            throws SQLException, IOException, TaskFailedException {
        running = (DuckDBPreparedStatement) statement;
        try (DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery()) {
            return stream.write(result, types, new ChunkChannel(id, replies));
        }
    }

    /** Positions in the caller's text are lost here, but binding has succeeded already: only its values can fail. */
    private String castingStatement(Instance instance, List<String> readable, List<String> names) throws SQLException {
        List<String> internal = new ArrayList<>();
        List<String> casts = new ArrayList<>();
        for (int i = 0; i < readable.size(); i++) {
            internal.add("c" + i);
            casts.add("CAST(c" + i + " AS " + readable.get(i) + ") AS " + Sql.name(names.get(i)));
        }
        instance.execute(
                "CREATE TEMPORARY VIEW " + RESULT_VIEW + "(" + String.join(", ", internal) + ") AS " + query.sql());
        return "SELECT " + String.join(", ", casts) + " FROM " + RESULT_VIEW;
    }

    private static List<String> types(ResultSetMetaData columns) throws SQLException {
        List<String> types = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            types.add(columns.getColumnTypeName(i));
        }
        return types;
    }

    private static List<String> names(ResultSetMetaData columns) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnName(i));
        }
        return names;
    }
}
