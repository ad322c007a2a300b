package dev.tarn.worker.load;

import java.util.List;

/**
 * What a pass over the rows needs to know.
 *
 * @param columns with their types
 * @param exact whether all rows were looked at to find out types and notation
 */
record Layout(Union union, List<Column> columns, Notation notation, NullWords nulls, boolean exact) {
    /** The files' own name of a column. */
    String sourceName(Column column) {
        return union.names().get(column.source());
    }
}
