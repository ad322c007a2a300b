package dev.tarn.platform.database;

import java.sql.SQLException;

/** A text that PostgreSQL does not take, because it holds the character U+0000; SQLite takes it. */
public final class UnstorableText {
    private static final String INVALID_CHARACTER = "22021";

    private UnstorableText() {}

    /** Whether the failure came from such a text. */
    public static boolean caused(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof SQLException refused && INVALID_CHARACTER.equals(refused.getSQLState())) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
