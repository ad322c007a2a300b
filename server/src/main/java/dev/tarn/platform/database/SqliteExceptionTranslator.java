package dev.tarn.platform.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Spring knows PostgreSQL's error codes but not SQLite's; stores rely on {@link DuplicateKeyException} from both. */
final class SqliteExceptionTranslator implements SQLExceptionTranslator {
    @Override
    public DataAccessException translate(String task, @Nullable String sql, SQLException failure) {
        String message = task + ": " + failure.getMessage();
        if (failure instanceof SQLiteException sqlite) {
            SQLiteErrorCode code = sqlite.getResultCode();
            if (code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
                    || code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE) {
                return new DuplicateKeyException(message, failure);
            }
            if (code.name().startsWith("SQLITE_CONSTRAINT")) {
                return new DataIntegrityViolationException(message, failure);
            }
            if (code.name().startsWith("SQLITE_BUSY") || code.name().startsWith("SQLITE_LOCKED")) {
                return new CannotAcquireLockException(message, failure);
            }
        }
        return new UncategorizedSQLException(task, sql, failure);
    }
}
