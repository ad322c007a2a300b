package dev.tarn.engine;

import java.util.List;

/**
 * What a query would do.
 *
 * @param plan the engine's plan, as text
 * @param tables what it would read of each table
 */
public record Explanation(String plan, List<TablePlan> tables) {
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
