package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.engine.Explanation.TablePlan;
import org.apache.iceberg.expressions.Expression;

/**
 * A table of a query.
 *
 * @param wanted what its rows must be to be read
 * @param files that may hold such rows
 */
record PlannedTable(ReadableTable table, Expression wanted, PlannedFiles files) {
    String name() {
        return table.name().text();
    }

    TablePlan plan() {
        return files.plan(table);
    }
}
