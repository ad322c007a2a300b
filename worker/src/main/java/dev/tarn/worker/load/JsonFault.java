package dev.tarn.worker.load;

import org.jspecify.annotations.Nullable;

/** What is wrong with one record; it is thrown for many of them and needs no stack. */
final class JsonFault extends Exception {
    private static final long serialVersionUID = 1L;

    /** The record is JSON, but a value is not of its column's type. */
    private final boolean misfit;

    private final @Nullable String column;
    private final @Nullable String value;

    JsonFault(String message) {
        this(message, null, null, false);
    }

    private JsonFault(String message, @Nullable String column, @Nullable String value, boolean misfit) {
        super(message, null, false, false);
        this.misfit = misfit;
        this.column = column;
        this.value = value;
    }

    static JsonFault misfit(String message, String column, String value) {
        return new JsonFault(message, column, value, true);
    }

    boolean isMisfit() {
        return misfit;
    }

    @Nullable
    String column() {
        return column;
    }

    @Nullable
    String value() {
        return value;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
