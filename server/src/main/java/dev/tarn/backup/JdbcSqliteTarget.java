package dev.tarn.backup;

import dev.tarn.platform.database.DatabaseKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** A SQLite file in the home folder that is being made; both become visible together, when the folder gets its name. */
final class JdbcSqliteTarget extends JdbcRestoreTarget {
    private final String url;
    private final Connection connection;

    JdbcSqliteTarget(Path file) {
        super(DatabaseKind.SQLITE);
        url = "jdbc:sqlite:" + file;
        connection = JdbcDatabase.connect(url);
    }

    @Override
    Connection connection() {
        return connection;
    }

    @Override
    FluentConfiguration migrations() {
        return Flyway.configure().dataSource(url, null, null);
    }

    @Override
    public boolean begin(Manifest manifest, String home) {
        return false;
    }

    @Override
    void schemaIsMade() throws SQLException {
        connection.setAutoCommit(false);
    }

    @Override
    public void upgrade() {
        publish(); // the migrations come with a connection of their own
        super.upgrade();
    }

    @Override
    public void publish() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw JdbcDatabase.failed("The restored database cannot be committed", e);
        }
    }

    @Override
    public void finish() {
        // The folder's new name was all.
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw JdbcDatabase.failed("The restored database cannot be closed", e);
        }
    }
}
