package dev.tarn.backup;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.DatabaseKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * An empty PostgreSQL database. The tables are made and filled in a schema of their own; one transaction moves them all to
 * where a server looks. The home folder gets its name after that, and until then a row remembers which backup was published,
 * so that a restore that was cut off between the two can be run again.
 */
final class JdbcPostgresTarget extends JdbcRestoreTarget {
    private static final String STAGE = "tarn_restoring";
    private static final String PUBLISHED = "published_backup";

    /** Any number, as long as nobody else uses it for an advisory lock. */
    private static final long LOCK = 0x5441_524E_5245_5354L;

    private final String url;
    private final Connection connection;
    private String schema = "public";
    private String backupId = "";
    private String home = "";

    JdbcPostgresTarget(String url) {
        super(DatabaseKind.POSTGRESQL);
        this.url = url;
        this.connection = JdbcDatabase.connect(url);
    }

    @Override
    Connection connection() {
        return connection;
    }

    @Override
    FluentConfiguration migrations() {
        return Flyway.configure().dataSource(url, null, null).schemas(STAGE).createSchemas(false);
    }

    @Override
    public boolean begin(Manifest manifest, String home) {
        this.backupId = manifest.id();
        this.home = home;
        try {
            schema = JdbcDatabase.texts(connection, "SELECT current_schema()").getFirst();
            if (!JdbcDatabase.texts(connection, "SELECT pg_try_advisory_lock(" + LOCK + ")")
                    .equals(List.of("t"))) {
                throw conflict("Another restore works on this database; wait for it");
            }
            if (published()) {
                return true;
            }
            if (!JdbcDatabase.tableNames(connection, DatabaseKind.POSTGRESQL).isEmpty()) {
                throw conflict(
                        "The database is not empty; a backup is restored into an empty one: make one, or name another with --database-url");
            }
            JdbcDatabase.execute(connection, "DROP SCHEMA IF EXISTS " + STAGE + " CASCADE");
            JdbcDatabase.execute(connection, "CREATE SCHEMA " + STAGE);
            connection.setSchema(STAGE);
            return false;
        } catch (SQLException e) {
            throw JdbcDatabase.failed("The database cannot be prepared", e);
        }
    }

    private boolean published() throws SQLException {
        String marker = "SELECT tablename FROM pg_tables WHERE schemaname = '" + STAGE + "' AND tablename = '"
                + PUBLISHED + "'";
        if (JdbcDatabase.texts(connection, marker).isEmpty()) {
            return false;
        }
        List<String> kept =
                JdbcDatabase.texts(connection, "SELECT backup_id || ' ' || home FROM " + STAGE + "." + PUBLISHED);
        if (kept.equals(List.of(backupId + " " + home))) {
            return true;
        }
        throw conflict("A restore of another backup, or into another home, was cut off here; run that one again first");
    }

    private static TarnException conflict(String sentence) {
        return new TarnException(ErrorCode.CONFLICT, sentence);
    }

    @Override
    void schemaIsMade() throws SQLException {
        connection.setAutoCommit(false);
    }

    @Override
    public void upgrade() {
        commit();
        super.upgrade();
    }

    @Override
    public void publish() {
        try {
            for (String table : JdbcDatabase.tableNames(connection, DatabaseKind.POSTGRESQL)) {
                JdbcDatabase.execute(
                        connection,
                        "ALTER TABLE " + JdbcDatabase.quoted(table) + " SET SCHEMA " + JdbcDatabase.quoted(schema));
            }
            JdbcDatabase.execute(
                    connection,
                    "CREATE TABLE " + STAGE + "." + PUBLISHED + " (backup_id TEXT NOT NULL, home TEXT NOT NULL)");
            try (PreparedStatement mark =
                    connection.prepareStatement("INSERT INTO " + STAGE + "." + PUBLISHED + " VALUES (?, ?)")) {
                mark.setString(1, backupId);
                mark.setString(2, home);
                mark.execute();
            }
            connection.commit();
        } catch (SQLException e) {
            throw JdbcDatabase.failed("The restored tables cannot be moved to their place", e);
        }
    }

    private void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw JdbcDatabase.failed("The restored rows cannot be committed", e);
        }
    }

    @Override
    public void finish() {
        try {
            JdbcDatabase.execute(connection, "DROP SCHEMA IF EXISTS " + STAGE + " CASCADE");
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw JdbcDatabase.failed("The stage of the restore cannot be removed", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw JdbcDatabase.failed("The connection cannot be closed", e);
        }
    }
}
