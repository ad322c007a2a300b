package dev.tarn.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The platform's metadata, on SQLite or PostgreSQL. Stores read with {@link #client()} anywhere and write with it inside
 * {@link #inTransaction}; a write outside one is refused by the connection itself, which is read-only. SQLite has one
 * write connection, so writers queue for it rather than fail. A transaction begun inside another joins it: a thread never
 * holds two connections.
 */
public final class Database implements AutoCloseable {
    private static final int READ_CONNECTIONS = 4;
    private static final int POSTGRES_CONNECTIONS = 8;

    private final DatabaseKind kind;
    private final HikariDataSource writes;
    private final HikariDataSource reads;
    private final JdbcClient writeClient;
    private final JdbcClient readClient;
    private final TransactionTemplate transactions;

    private Database(DatabaseKind kind, HikariDataSource writes, HikariDataSource reads) {
        this.kind = kind;
        this.writes = writes;
        this.reads = reads;
        this.writeClient = client(kind, writes);
        this.readClient = client(kind, reads);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(writes));
    }

    /**
     * Opens the database and brings its schema up to date.
     *
     * @param url a JDBC URL of SQLite or PostgreSQL; user and password of PostgreSQL as URL parameters
     */
    public static Database open(String url) {
        DatabaseKind kind = DatabaseKind.of(url);
        HikariDataSource writes = new HikariDataSource(kind.writeSettings(url, POSTGRES_CONNECTIONS));
        try {
            migrate(writes);
            HikariConfig readSettings = kind.readSettings(url, READ_CONNECTIONS);
            return new Database(kind, writes, new HikariDataSource(readSettings));
        } catch (RuntimeException e) {
            writes.close();
            throw e;
        }
    }

    /**
     * Opens a database as it is, to be read and nothing else; it may be the copy of a suspicious one.
     *
     * @param url as for {@link #open}
     * @throws TarnException {@code NOT_FOUND} when there is no database of Tarn there
     */
    public static Database openToRead(String url) {
        DatabaseKind kind = DatabaseKind.of(url);
        if (kind == DatabaseKind.SQLITE && !Files.exists(Path.of(url.substring("jdbc:sqlite:".length())))) {
            throw new TarnException(
                    ErrorCode.NOT_FOUND, "There is no database of Tarn; check --home and --database-url");
        }
        HikariDataSource reads = new HikariDataSource(kind.readSettings(url, READ_CONNECTIONS));
        return new Database(kind, reads, reads);
    }

    private static void migrate(DataSource dataSource) {
        Flyway flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .load();
        SchemaVersion.refuseNewer(flyway);
        flyway.migrate();
    }

    private static JdbcClient client(DatabaseKind kind, DataSource dataSource) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        kind.exceptionTranslator().ifPresent(template::setExceptionTranslator);
        return JdbcClient.create(template);
    }

    /** The newest migration that the database has. */
    public String schemaVersion() {
        return readClient
                .sql("SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank DESC LIMIT 1")
                .query(String.class)
                .single();
    }

    /** Which of the two it is. */
    public DatabaseKind kind() {
        return kind;
    }

    /** A client on the transaction of this thread, or else on a read-only connection. */
    public JdbcClient client() {
        return TransactionSynchronizationManager.isActualTransactionActive() ? writeClient : readClient;
    }

    /** Runs {@code work} in a transaction, joining the one of this thread when there is one; any exception rolls back. */
    public <T extends @Nullable Object> T inTransaction(Supplier<T> work) {
        try {
            @SuppressWarnings("NullAway") // execute's result is nullable only when the work's is
            T result = transactions.execute(status -> work.get());
            return result;
        } catch (DataAccessException | TransactionException e) {
            throw DatabaseFullException.named(e);
        }
    }

    /** {@link #inTransaction(Supplier)} without a result. */
    public void inTransaction(Runnable work) {
        try {
            transactions.executeWithoutResult(status -> work.run());
        } catch (DataAccessException | TransactionException e) {
            throw DatabaseFullException.named(e);
        }
    }

    /** An instant as the database keeps it: microseconds since 1970 in UTC. */
    public static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    /** The instant of {@link #micros}. */
    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    @Override
    public void close() {
        reads.close();
        writes.close();
    }
}
