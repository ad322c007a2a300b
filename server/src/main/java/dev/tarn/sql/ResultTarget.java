package dev.tarn.sql;

import dev.tarn.catalog.TableName;
import dev.tarn.catalog.WriteMode;

/**
 * The table that takes a query's rows each time.
 *
 * @param table in full
 * @param mode CREATE, APPEND or REPLACE; the last two make a table that is missing
 */
public record ResultTarget(String table, WriteMode mode) {
    TableName name() {
        return TableName.parse(table);
    }
}
