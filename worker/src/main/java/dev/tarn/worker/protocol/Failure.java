package dev.tarn.worker.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Why a task ended without its result. Never holds a path of the machine, a rewritten statement or a stack trace.
 *
 * @param message one clear sentence for the person who asked
 * @param offset where in the statement, in UTF-16 units from 0; -1 when unknown
 * @param line physical line of the file, 1 for the first; -1 when there is none
 * @param column the file's own name of the column
 * @param value the offending text, cut to 200 characters
 */
public record Failure(
        Kind kind,
        String message,
        int offset,
        long line,
        @Nullable String column,
        @Nullable String value) {

    public enum Kind {
        /** The text is no SQL. */
        SYNTAX,
        /** A column, function or operator does not exist, or does not fit. */
        BINDING,
        UNKNOWN_TABLE,
        /** A value does not fit a type: cast, overflow, out of range. */
        TYPE,
        OUT_OF_MEMORY,
        CANCELLED,
        /** A line of the file is ragged, undecodable, or not of the declared type. */
        BAD_ROW,
        /** The file as a whole cannot be loaded. */
        BAD_FILE,
        STORAGE_FULL,
        IO,
        /** The fence: files, settings, statements other than SELECT. */
        NOT_ALLOWED,
        /** The rows that the statement may see cannot be told from the others, so it sees none. */
        FORBIDDEN,
        INTERNAL
    }

    public static Failure of(Kind kind, String message) {
        return new Failure(kind, message, -1, -1, null, null);
    }

    public static Failure at(Kind kind, String message, int offset) {
        return new Failure(kind, message, offset, -1, null, null);
    }
}
