package dev.tarn.sql;

import java.util.Optional;
import java.util.UUID;

/**
 * Something that a search found.
 *
 * @param kind what it is
 * @param table the full name of a table, or of the column's table
 * @param id of a saved statement
 * @param name of the table, column or saved statement
 * @param type of a column
 */
public record SearchHit(
        Kind kind,
        Optional<String> table,
        Optional<UUID> id,
        String name,
        Optional<String> description,
        Optional<String> type) {

    public enum Kind {
        TABLE,
        COLUMN,
        SAVED_STATEMENT
    }
}
