package dev.tarn.backup;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.DatabaseKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** What both databases have in common. The schema is made by the migrations themselves, up to the backup's version. */
abstract class JdbcRestoreTarget implements RestoreTarget {
    private static final int BATCH = 500;

    private final DatabaseKind kind;
    private @Nullable PreparedStatement insertion;
    private int batched;

    JdbcRestoreTarget(DatabaseKind kind) {
        this.kind = kind;
    }

    abstract Connection connection();

    /** Where the migrations find the database, and the place in it that is not yet visible. */
    abstract FluentConfiguration migrations();

    /** Called when the schema is there and rows may come. */
    abstract void schemaIsMade() throws SQLException;

    @Override
    public void makeSchema(Manifest manifest) {
        boolean known = JdbcDatabase.versions(flyway("latest")).contains(manifest.schemaVersion());
        if (!known) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "The backup has schema version %s, which this Tarn does not know; restore it with the newer Tarn that made it (%s)"
                            .formatted(manifest.schemaVersion(), manifest.tarnVersion()));
        }
        flyway(manifest.schemaVersion()).migrate();
        if (!JdbcSnapshot.migrations(connection()).equals(manifest.migrations())) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "The backup's schema version %s differs from the one of this Tarn; restore it with the Tarn that made it (%s)"
                            .formatted(manifest.schemaVersion(), manifest.tarnVersion()));
        }
        try {
            schemaIsMade();
        } catch (SQLException e) {
            throw JdbcDatabase.failed("The restore cannot begin to write", e);
        }
    }

    private Flyway flyway(String target) {
        return migrations()
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .target(target)
                .load();
    }

    @Override
    public DumpWriter.RowTaker insert(StoredTable table) {
        try {
            List<String> there = JdbcDatabase.tableNames(connection(), kind).contains(table.name())
                    ? JdbcDatabase.columns(connection(), table.name())
                    : List.of();
            if (!BackedUpTables.holds(table.name()) || !there.equals(table.columns())) {
                throw new TarnException(
                        ErrorCode.CONFLICT,
                        "The backup's table %s is not one of this schema; restore it with the Tarn that made it"
                                .formatted(table.name()));
            }
            // What the migrations themselves wrote gives way to the backup's rows.
            JdbcDatabase.execute(connection(), "DELETE FROM " + JdbcDatabase.quoted(table.name()));
            insertion = connection()
                    .prepareStatement("INSERT INTO %s (%s) VALUES (%s)"
                            .formatted(
                                    JdbcDatabase.quoted(table.name()),
                                    String.join(
                                            ", ",
                                            table.columns().stream()
                                                    .map(JdbcDatabase::quoted)
                                                    .toList()),
                                    String.join(", ", Collections.nCopies(there.size(), "?"))));
            return row -> insert(table, row);
        } catch (SQLException e) {
            throw notWritten(table, e);
        }
    }

    private void insert(StoredTable table, List<@Nullable Object> row) {
        PreparedStatement statement = insertion;
        if (statement == null) {
            throw new IllegalStateException("No table is being written");
        }
        try {
            for (int i = 0; i < row.size(); i++) {
                statement.setObject(i + 1, row.get(i));
            }
            statement.addBatch();
            if (++batched == BATCH) {
                flush(statement);
            }
        } catch (SQLException e) {
            throw notWritten(table, e);
        }
    }

    private void flush(PreparedStatement statement) throws SQLException {
        statement.executeBatch();
        batched = 0;
    }

    @Override
    public void inserted(StoredTable table) {
        try (PreparedStatement statement = insertion) {
            if (statement != null && batched > 0) {
                flush(statement);
            }
        } catch (SQLException e) {
            throw notWritten(table, e);
        }
        insertion = null;
    }

    private static IllegalStateException notWritten(StoredTable table, SQLException failure) {
        return JdbcDatabase.failed("The rows of " + table.name() + " cannot be written", failure);
    }

    @Override
    public RowsDigest digest(StoredTable table) {
        try {
            RowsDigest digest = new RowsDigest();
            JdbcDatabase.rows(connection(), table, digest::add);
            return digest;
        } catch (SQLException e) {
            throw JdbcDatabase.failed("The rows of " + table.name() + " cannot be read back", e);
        }
    }

    @Override
    public List<TablePlace> places() {
        return JdbcDatabase.places(connection());
    }

    @Override
    public void upgrade() {
        flyway("latest").migrate();
    }
}
