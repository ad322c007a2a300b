package dev.tarn.backup;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.DatabaseKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/** What reading and restoring have in common: a connection of our own, beside whatever server uses the same database. */
final class JdbcDatabase {
    private static final int FETCHED_ROWS = 1_000;

    private JdbcDatabase() {}

    static Connection connect(String url) {
        try {
            return DriverManager.getConnection(url, settings(url));
        } catch (SQLException e) {
            throw new TarnException(
                    ErrorCode.INTERNAL,
                    "The database cannot be reached (%s); check --database-url".formatted(e.getMessage()),
                    e);
        }
    }

    private static Properties settings(String url) {
        Properties settings = new Properties();
        if (DatabaseKind.of(url) == DatabaseKind.SQLITE) {
            settings.setProperty("busy_timeout", "30000");
            settings.setProperty("foreign_keys", "true");
            settings.setProperty("synchronous", "FULL");
        }
        return settings;
    }

    /** Whether a SQLite database's file is there; opening it would otherwise make an empty one. */
    static boolean missing(String url) {
        if (DatabaseKind.of(url) != DatabaseKind.SQLITE) {
            return false;
        }
        String file = url.substring("jdbc:sqlite:".length()).replaceFirst("[?].*", "");
        return !Files.isRegularFile(Path.of(file));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The first column of every row, as text. */
    static List<String> texts(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Names of the tables that this connection sees without naming a schema. */
    static List<String> tableNames(Connection connection, DatabaseKind kind) throws SQLException {
        return texts(
                connection,
                switch (kind) {
                    case SQLITE ->
                        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
                    case POSTGRESQL ->
                        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename";
                });
    }

    static List<String> columns(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + quoted(table) + " WHERE 1 = 0")) {
            ResultSetMetaData metadata = rows.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                columns.add(metadata.getColumnName(i));
            }
            return columns;
        }
    }

    static void rows(Connection connection, StoredTable table, DumpWriter.RowTaker taker) throws SQLException {
        String columns = String.join(
                ", ", table.columns().stream().map(JdbcDatabase::quoted).toList());
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCHED_ROWS);
            try (ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM " + quoted(table.name()))) {
                while (rows.next()) {
                    List<@Nullable Object> row = new ArrayList<>(table.columns().size());
                    for (int i = 1; i <= table.columns().size(); i++) {
                        row.add(rows.getObject(i));
                    }
                    taker.take(row);
                }
            }
        }
    }

    /** The places of all tables of all tenants. */
    static List<TablePlace> places(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT t.name, i.table_namespace, i.table_name, i.iceberg_type, i.metadata_location
                        FROM iceberg_tables i JOIN tenants t ON t.tenant_id = i.catalog_name
                        ORDER BY t.name, i.table_namespace, i.table_name""")) {
            List<TablePlace> places = new ArrayList<>();
            while (rows.next()) {
                places.add(new TablePlace(
                        rows.getString(1),
                        rows.getString(2) + "." + rows.getString(3),
                        "VIEW".equals(rows.getString(4)),
                        rows.getString(5)));
            }
            return places;
        } catch (SQLException e) {
            throw failed("The list of tables cannot be read", e);
        }
    }

    /** The schema's versions that this Tarn knows, in their order. */
    static List<String> versions(Flyway flyway) {
        List<String> versions = new ArrayList<>();
        for (MigrationInfo migration : flyway.info().all()) {
            if (migration.getVersion() != null && migration.getState().isResolved()) {
                versions.add(migration.getVersion().getVersion());
            }
        }
        return versions;
    }

    /** Whether a version that was applied is another text here: then no server of this build starts on it. */
    static boolean differ(Flyway flyway) {
        for (MigrationInfo migration : flyway.info().all()) {
            if (migration.getState().isApplied()
                    && migration.getState().isResolved()
                    && !migration.isChecksumMatching()) {
                return true;
            }
        }
        return false;
    }

    static IllegalStateException failed(String what, SQLException failure) {
        return new IllegalStateException(what + ": " + failure.getMessage(), failure);
    }
}
