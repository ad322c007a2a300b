package dev.tarn.platform.database;

import com.zaxxer.hikari.HikariConfig;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Optional;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/** The two databases that one schema and one SQL subset run on. */
public enum DatabaseKind {
    SQLITE,
    POSTGRESQL;

    /** The kind that a JDBC URL names. */
    public static DatabaseKind of(String url) {
        if (url.startsWith("jdbc:sqlite:")) {
            return SQLITE;
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        }
        throw new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The database URL must begin with jdbc:postgresql: or jdbc:sqlite:; give one with --database-url");
    }

    HikariConfig writeSettings(String url, int connections) {
        HikariConfig settings = settings(url, "write");
        settings.setMaximumPoolSize(this == SQLITE ? 1 : connections);
        return settings;
    }

    HikariConfig readSettings(String url, int connections) {
        HikariConfig settings = settings(url, "read");
        settings.setMaximumPoolSize(connections);
        if (this == SQLITE) {
            // The driver refuses to make an open connection read-only, so SQLite itself is told.
            settings.setConnectionInitSql("PRAGMA query_only = 1");
        } else {
            settings.setReadOnly(true);
            settings.addDataSourceProperty("readOnlyMode", "always"); // also for a statement without a transaction
        }
        return settings;
    }

    private HikariConfig settings(String url, String purpose) {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(url);
        settings.setPoolName("tarn-" + purpose);
        settings.setMinimumIdle(1);
        // Writers of SQLite wait for each other; a server of PostgreSQL that is away is told to callers soon.
        settings.setConnectionTimeout(this == SQLITE ? 30_000 : 10_000);
        if (this == SQLITE) {
            settings.addDataSourceProperty("journal_mode", "WAL");
            settings.addDataSourceProperty("synchronous", "FULL");
            settings.addDataSourceProperty("busy_timeout", "30000");
            settings.addDataSourceProperty("foreign_keys", "true");
            settings.addDataSourceProperty("transaction_mode", purpose.equals("write") ? "IMMEDIATE" : "DEFERRED");
        }
        return settings;
    }

    Optional<SQLExceptionTranslator> exceptionTranslator() {
        return this == SQLITE ? Optional.of(new SqliteExceptionTranslator()) : Optional.empty();
    }
}
