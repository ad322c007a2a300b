package dev.tarn.platform.database;

import java.sql.SQLException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The database's disk has no room for a write; nothing of its transaction was applied. */
public final class DatabaseFullException extends NonTransientDataAccessResourceException {
    private static final long serialVersionUID = 1L;
    private static final String POSTGRES_DISK_FULL = "53100";

    DatabaseFullException(Throwable cause) {
        super("There is no room for the database", cause);
    }

    /** The same failure, named when it is this one. */
    static RuntimeException named(RuntimeException failure) {
        if (failure instanceof DatabaseFullException) {
            return failure;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && saysFull(refused)) {
                return new DatabaseFullException(failure);
            }
        }
        return failure;
    }

    private static boolean saysFull(SQLException refused) {
        if (refused instanceof SQLiteException sqlite) {
            return sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL
                    || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
        }
        return POSTGRES_DISK_FULL.equals(refused.getSQLState());
    }
}
