package dev.tarn.worker.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A column of the table that takes the rows.
 *
 * @param type DuckDB's text of the type
 * @param required no row may lack a value
 * @param hidden whoever adds the rows is not told of it: the files' columns are not it, and it gets its default
 * @param missing what it has in rows that say nothing of it, as SQL; null for no value
 */
public record TargetColumn(
        int fieldId,
        String name,
        String type,
        boolean required,
        boolean hidden,
        @Nullable String missing) {
    /** One that may be told of. */
    public TargetColumn(int fieldId, String name, String type, boolean required) {
        this(fieldId, name, type, required, false, null);
    }
}
