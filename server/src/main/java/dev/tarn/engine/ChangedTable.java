package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.worker.protocol.RowPlaces;
import java.util.List;

/**
 * The table whose rows a query is about to change.
 *
 * @param offsets where it stands in the query as that; anywhere else it is a table like any other
 * @param deletes whether the rows that the query's WHERE holds for are deleted, and nothing else
 */
record ChangedTable(ReadableTable table, List<Integer> offsets, RowPlaces places, boolean deletes) {
    boolean isAt(TableReference reference) {
        return offsets.contains(reference.offset());
    }
}
