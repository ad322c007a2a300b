package dev.tarn.backup;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.DatabaseKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;

/**
 * A database as it was at one moment, while servers go on writing: one read transaction (repeatable read on PostgreSQL; in
 * SQLite's WAL every read transaction is that). Nothing is ever written, the schema is taken as it is.
 */
final class JdbcSnapshot implements AutoCloseable {
    private final String url;
    private final Connection connection;
    private final DatabaseKind kind;
    private final List<String> names;

    private JdbcSnapshot(String url, Connection connection, DatabaseKind kind, List<String> names) {
        this.url = url;
        this.connection = connection;
        this.kind = kind;
        this.names = names;
    }

    static JdbcSnapshot open(String url) {
        DatabaseKind kind = DatabaseKind.of(url);
        if (JdbcDatabase.missing(url)) {
            throw nothingThere();
        }
        Connection connection = JdbcDatabase.connect(url);
        try {
            if (kind == DatabaseKind.SQLITE) {
                JdbcDatabase.execute(connection, "PRAGMA query_only = 1");
            } else {
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            connection.setAutoCommit(false);
            List<String> names = JdbcDatabase.tableNames(connection, kind);
            if (!names.contains(BackedUpTables.SCHEMA_HISTORY)) {
                throw nothingThere();
            }
            return new JdbcSnapshot(url, connection, kind, names);
        } catch (SQLException e) {
            close(connection);
            throw JdbcDatabase.failed("The database cannot be read", e);
        } catch (RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    private static TarnException nothingThere() {
        return new TarnException(
                ErrorCode.NOT_FOUND, "There is no database of Tarn to back up; check --home and --database-url");
    }

    DatabaseKind kind() {
        return kind;
    }

    List<Manifest.Migration> migrations() {
        return migrations(connection);
    }

    static List<Manifest.Migration> migrations(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version, checksum FROM flyway_schema_history"
                        + " WHERE version IS NOT NULL ORDER BY installed_rank")) {
            List<Manifest.Migration> migrations = new ArrayList<>();
            while (rows.next()) {
                migrations.add(new Manifest.Migration(rows.getString(1), rows.getInt(2)));
            }
            return migrations;
        } catch (SQLException e) {
            throw JdbcDatabase.failed("The schema's history cannot be read", e);
        }
    }

    /** Every table that a backup holds, each after those that its rows refer to. */
    List<StoredTable> tables() {
        try {
            Map<String, Set<String>> referred = new LinkedHashMap<>();
            for (String name : names) {
                if (BackedUpTables.holds(name)) {
                    referred.put(name, referredBy(name));
                }
            }
            Set<String> ordered = new LinkedHashSet<>();
            for (String name : referred.keySet()) {
                place(name, referred, ordered, new LinkedHashSet<>());
            }
            List<StoredTable> tables = new ArrayList<>();
            for (String name : ordered) {
                tables.add(new StoredTable(name, JdbcDatabase.columns(connection, name)));
            }
            return tables;
        } catch (SQLException e) {
            throw JdbcDatabase.failed("The schema cannot be read", e);
        }
    }

    private Set<String> referredBy(String table) throws SQLException {
        Set<String> tables = new LinkedHashSet<>();
        try (ResultSet keys =
                connection.getMetaData().getImportedKeys(connection.getCatalog(), connection.getSchema(), table)) {
            while (keys.next()) {
                tables.add(keys.getString("PKTABLE_NAME"));
            }
        }
        return tables;
    }

    private static void place(String name, Map<String, Set<String>> referred, Set<String> ordered, Set<String> path) {
        if (ordered.contains(name) || !path.add(name)) {
            return;
        }
        for (String other : referred.getOrDefault(name, Set.of())) {
            if (referred.containsKey(other)) {
                place(other, referred, ordered, path);
            }
        }
        ordered.add(name);
    }

    void rows(StoredTable table, DumpWriter.RowTaker taker) {
        try {
            JdbcDatabase.rows(connection, table, taker);
        } catch (SQLException e) {
            throw JdbcDatabase.failed("The table " + table.name() + " cannot be read", e);
        }
    }

    List<TablePlace> places() {
        return JdbcDatabase.places(connection);
    }

    /** The schema's versions that this Tarn knows. */
    List<String> knownVersions() {
        return JdbcDatabase.versions(flyway());
    }

    /** Whether the schema was made by another build, which calls something else by the same version. */
    boolean ofAnotherBuild() {
        return JdbcDatabase.differ(flyway());
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/migration")
                .load();
    }

    /** "ok", or the first thing that SQLite finds damaged; PostgreSQL looks after itself. */
    String integrity() {
        if (kind != DatabaseKind.SQLITE) {
            return "ok";
        }
        try {
            return JdbcDatabase.texts(connection, "PRAGMA integrity_check(1)").getFirst();
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw JdbcDatabase.failed("The connection cannot be closed", e);
        }
    }

    @Override
    public void close() {
        close(connection);
    }
}
