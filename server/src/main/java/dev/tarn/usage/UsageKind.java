package dev.tarn.usage;

import java.util.Locale;

/** What was used. */
public enum UsageKind {
    /** A statement of SQL. */
    STATEMENT,
    /** A file loaded into a table. */
    LOAD,
    /** Other work in the background. */
    JOB,
    /** A question to a language model. */
    MODEL,
    /** A call of any contract. */
    CALL;

    /** The kind as it is stored and shown. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static UsageKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
