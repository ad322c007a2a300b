package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Arrangement;
import dev.tarn.worker.protocol.Query;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.QueryProgress;
import org.jspecify.annotations.Nullable;

/**
 * One statement in an instance that can read the statement's files and nothing else; what running, exporting and materialising
 * have in common.
 */
final class Execution implements AutoCloseable {
    private static final String RESULT_VIEW = "temp.main.tarn_result";

    private final Query query;
    private final Cancellation cancellation;
    private final Planner planner;
    private final Instance instance;
    /** The statement's own connection to it. */
    private final Instance session;
    /** Where the instance goes afterwards; null when it ends with the statement. */
    private final @Nullable Instances home;

    private boolean sound;
    private boolean spoilt;
    private boolean untidy;
    private volatile @Nullable DuckDBPreparedStatement running;

    private Execution(
            Query query, Cancellation cancellation, Planner planner, Instance instance, @Nullable Instances home)
            throws SQLException {
        this.query = query;
        this.cancellation = cancellation;
        this.planner = planner;
        this.instance = instance;
        this.session = instance.session(TableViews.qualified(query.catalog(), query.schema()));
        this.home = home;
        cancellation.watch(session.connection());
    }

    /** {@code writable}: what our own SQL will write to, as {@link Instance#fence} takes it. */
    static Execution open(Query query, Cancellation cancellation, Planner planner, Path scratch, List<String> writable)
            throws TaskFailedException, SQLException {
        return open(query, cancellation, planner, scratch, writable, Arrangement.NONE);
    }

    /** In an instance of its own; {@code writable}: what our own SQL will write to, as {@link Instance#fence} takes it, and how. */
    static Execution open(
            Query query,
            Cancellation cancellation,
            Planner planner,
            Path scratch,
            List<String> writable,
            Arrangement arrangement)
            throws TaskFailedException, SQLException {
        check(query, cancellation, planner);
        Instance own = Instances.open(query, cancellation, scratch, writable, arrangement);
        return started(query, cancellation, planner, own, null);
    }

    /** In an instance that was there before, when there is one that shows exactly the same to the same owner. */
    static Execution open(Query query, Cancellation cancellation, Planner planner, Instances instances)
            throws TaskFailedException, SQLException {
        check(query, cancellation, planner);
        return started(query, cancellation, planner, instances.take(query, cancellation), instances);
    }

    private static void check(Query query, Cancellation cancellation, Planner planner) throws TaskFailedException {
        planner.requireOneSelect(query.sql());
        HiddenValues.requireNoPlan(query);
        cancellation.check();
    }

    private static Execution started(
            Query query, Cancellation cancellation, Planner planner, Instance instance, @Nullable Instances home)
            throws SQLException {
        boolean started = false;
        try {
            Execution execution = new Execution(query, cancellation, planner, instance, home);
            started = true;
            return execution;
        } finally {
            if (!started) {
                instance.close();
            }
        }
    }

    /** The statement has ended well, so others may run in its instance. */
    void succeeded() {
        sound = !spoilt && !cancellation.isRequested();
    }

    /** Hands rows over when all are there. */
    void withoutStreaming() throws SQLException {
        spoilt = true;
        session.execute("SET jdbc_stream_results = false");
    }

    Query query() {
        return query;
    }

    Instance instance() {
        return session;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    PreparedStatement prepare(String sql) throws TaskFailedException, SQLException {
        PreparedStatement prepared = session.connection().prepareStatement(sql);
        boolean bound = false;
        try {
            if (!query.parameters().isEmpty()) {
                Parameters.bind(prepared, query.parameters(), session);
            }
            bound = true;
            return prepared;
        } finally {
            if (!bound) {
                prepared.close();
            }
        }
    }

    /** Whose progress is shown from now on. */
    void running(@Nullable PreparedStatement statement) {
        running = (DuckDBPreparedStatement) statement;
    }

    /**
     * What can stand after FROM to read the statement's rows as {@code c0}, {@code c1}, ...; positions in the caller's text are
     * lost there. A view takes the text as it is, but no parameters.
     */
    String source(int columns) throws TaskFailedException, SQLException {
        String internal = String.join(
                ", ", IntStream.range(0, columns).mapToObj(i -> "c" + i).toList());
        if (query.parameters().isEmpty()) {
            untidy = true;
            session.execute("CREATE TEMPORARY VIEW " + RESULT_VIEW + "(" + internal + ") AS " + query.sql());
            return RESULT_VIEW;
        }
        return "(" + planner.selectAlone(query.sql()) + ") AS tarn_result(" + internal + ")";
    }

    /** {@code c0} and so on as other types and under other names. */
    static String casts(List<String> types, List<String> names) {
        return String.join(
                ", ",
                IntStream.range(0, types.size())
                        .mapToObj(i -> "CAST(c" + i + " AS " + types.get(i) + ") AS " + Sql.name(names.get(i)))
                        .toList());
    }

    /** The types and names of the result, without a row being computed. */
    ResultColumns columns() throws TaskFailedException, SQLException {
        try (PreparedStatement prepared = prepare(query.sql())) {
            ResultColumns columns = ResultColumns.of(prepared.getMetaData());
            if (columns.areKnown()) {
                return columns;
            }
        }
        // Types that depend on the values of parameters are known once these are bound.
        String none = "SELECT * FROM (" + planner.selectAlone(query.sql()) + ") WHERE false";
        try (PreparedStatement bound = prepare(none);
                var rows = bound.executeQuery()) {
            return ResultColumns.of(rows.getMetaData());
        } catch (SQLException e) {
            // The place is one in a text of ours.
            throw new TaskFailedException(Failures.of(e), e);
        }
    }

    /** 0 to 1; -1 when unknown. */
    double fraction() {
        DuckDBPreparedStatement statement = running;
        try {
            QueryProgress progress = statement == null ? null : statement.getQueryProgress();
            return progress == null || progress.getPercentage() < 0 ? -1 : Math.min(1, progress.getPercentage() / 100);
        } catch (SQLException e) {
            // The statement has just ended; the next message says so.
            return -1;
        }
    }

    long bytesScanned() throws SQLException {
        return ScannedBytes.ofLastStatement(
                session,
                query.tables().stream()
                        .flatMap(table -> TableViews.paths(table).stream())
                        .toList());
    }

    @Override
    public void close() throws SQLException {
        running = null;
        cancellation.watch(null);
        if (home != null && sound && leavesNothing()) {
            instance.keepSession(session);
        } else {
            try (Instance _ = home == null || !sound ? instance : null) {
                session.close();
            }
        }
        if (home != null && sound) {
            home.keep(query, instance);
        }
    }

    /** A query changes no setting and makes nothing; the one thing that it can leave in its connection is a seed. */
    private boolean leavesNothing() {
        return !untidy && !query.sql().toLowerCase(Locale.ROOT).contains("setseed");
    }
}
