package dev.tarn.worker.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory DuckDB of one task. It starts open, so that the task can name its files, and is then {@link #fence locked}: from
 * there on only those files can be read, nothing can be loaded or configured, and no way back exists.
 */
public final class Instance implements AutoCloseable {
    private static final String SPILL_LIMIT = "64GB";

    /** What a statement's own connection is told; it stays open to our own SQL when all else is locked. */
    private static final List<String> SESSION_SETTINGS = List.of(
            "jdbc_stream_results",
            "enable_progress_bar",
            "enable_progress_bar_print",
            "progress_bar_time",
            "enable_profiling");

    private final DuckDBConnection connection;
    /** Of a statement that left nothing behind, for the next one. */
    private @Nullable Instance tidySession;

    private Instance(DuckDBConnection connection) {
        this.connection = connection;
    }

    /**
     * Opens an instance that can still reach everything.
     *
     * @param streamed whether results are handed over while they are computed
     */
    public static Instance open(Path scratch, long memoryLimitBytes, int threads, boolean streamed)
            throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("jdbc_stream_results", String.valueOf(streamed));
        settings.setProperty("errors_as_json", "true");
        settings.setProperty("memory_limit", memoryLimitBytes + "B");
        settings.setProperty("threads", String.valueOf(threads));
        // The default of eight more threads costs address space and serves remote files alone.
        settings.setProperty("async_threads", "1");
        settings.setProperty("temp_directory", scratch.resolve("spill").toString());
        settings.setProperty("max_temp_directory_size", SPILL_LIMIT);
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        // Local files are in the page cache of the system already.
        settings.setProperty("enable_external_file_cache", "false");
        DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
        Instance instance = new Instance(connection);
        instance.execute("SET GLOBAL TimeZone = 'UTC'; SET enable_progress_bar_print = false");
        return instance;
    }

    /**
     * A connection of its own to the same instance, for one statement: whatever a statement leaves behind (settings, variables,
     * seeds, temporary views) is gone when it is closed. One that was {@link #keepSession kept} is lent again.
     *
     * @param schema in which names without one are looked up; always the same in one instance
     */
    public Instance session(String schema) throws SQLException {
        Instance known = tidySession;
        if (known != null) {
            tidySession = null;
            return known;
        }
        Instance session = new Instance(connection.duplicate());
        boolean ready = false;
        try {
            session.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false;"
                    + " SET progress_bar_time = 0; SET enable_profiling = 'no_output'; USE " + schema);
            ready = true;
            return session;
        } finally {
            if (!ready) {
                session.close();
            }
        }
    }

    /** For the next statement; only when the last one has left nothing in it. */
    public void keepSession(Instance session) {
        tidySession = session;
    }

    public DuckDBConnection connection() {
        return connection;
    }

    public void execute(String sql) throws SQLException {
        execute(connection, sql);
    }

    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row. */
    public String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Closes everything but {@code readable}, for good: files, and folders with all in them, which end with a slash. */
    public void fence(List<String> readable) throws SQLException {
        execute("SET allowed_configs = " + Sql.texts(SESSION_SETTINGS));
        Map<Boolean, List<String>> places =
                readable.stream().collect(Collectors.partitioningBy(place -> place.endsWith("/")));
        execute("SET allowed_paths = " + Sql.texts(Objects.requireNonNull(places.get(false))));
        List<String> folders = Objects.requireNonNull(places.get(true));
        if (!folders.isEmpty()) {
            execute("SET allowed_directories = " + Sql.texts(folders));
        }
        execute("SET enable_external_access = false");
        execute("SET lock_configuration = true");
    }

    @Override
    public void close() throws SQLException {
        try (Instance _ = tidySession) {
            connection.close();
        }
    }
}
