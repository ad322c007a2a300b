package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.worker.protocol.RowPlaces;
import java.util.List;

/**
 * The table whose rows a query is about to change.
 *
 * @param offsets where it stands in the query as that; anywhere else it is a table like any other
 */
record ChangedTable(ReadableTable table, List<Integer> offsets, RowPlaces places) {
    boolean isAt(TableReference reference) {
        return offsets.contains(reference.offset());
    }
}
