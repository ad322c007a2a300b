package dev.tarn.engine;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a query would do.
 *
 * @param plan the engine's plan, as text
 * @param tables what it would read of each table
 */
public record Explanation(String plan, List<TablePlan> tables) {

    /** @param rows the answer to EXPLAIN, in whose last column the plan stands */
    static Explanation of(QueryResult rows, List<TablePlan> tables) {
        StringBuilder text = new StringBuilder();
        for (JsonNode row : rows.toJson(QueryResult.RowShape.ARRAY)) {
            text.append(row.get(row.size() - 1).asString());
        }
        return new Explanation(text.toString(), tables);
    }

    /** Of all files of the table's version, the planned ones are read; the others cannot hold a row that is wanted. */
    public record TablePlan(
            String name,
            long filesTotal,
            long filesPlanned,
            long bytesTotal,
            long bytesPlanned,
            long rowsTotal,
            long rowsPlanned) {}
}
