package dev.tarn.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Databases for contract tests: SQLite in a folder, and one embedded PostgreSQL server a JVM with a fresh database a call. */
public final class TestDatabases {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private TestDatabases() {}

    /** A migrated SQLite database in the folder (as {@code tarn.db}), or in the file when the path is not a folder. */
    public static Database sqlite(Path place) {
        return Database.open(sqliteUrl(place));
    }

    /** The JDBC URL of {@link #sqlite}. */
    public static String sqliteUrl(Path place) {
        return "jdbc:sqlite:" + (Files.isDirectory(place) ? place.resolve("tarn.db") : place);
    }

    /** A migrated, empty PostgreSQL database. */
    public static Database postgres() {
        return Database.open(postgresUrl());
    }

    /** The JDBC URL of a new database without any table. */
    public static String postgresUrl() {
        String name = "tarn_" + COUNTER.incrementAndGet();
        EmbeddedPostgres server = PostgresServer.RUNNING;
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot make the database " + name, e);
        }
        return server.getJdbcUrl("postgres", name);
    }

    /** Started at first use; it ends with the JVM. */
    private static final class PostgresServer {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "400")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("The embedded PostgreSQL does not start", e);
            }
        }
    }
}
