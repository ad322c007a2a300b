package dev.tarn.usage;

import java.util.Locale;

/** What was used. */
public enum UsageKind {
    /** A statement of SQL. */
    STATEMENT,
    /** A file loaded into a table. */
    LOAD,
    /** Any other call. */
    CALL;

    /** The kind as it is stored and shown. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
