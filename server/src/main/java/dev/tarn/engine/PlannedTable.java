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

    /** Which of its files are read. */
    Reading.FilesRead read() {
        return new Reading.FilesRead(
                files.planned().files(), files.all().files(), SkippedFiles.conditions(wanted, table.schema()));
    }

    /** What is read of it, and why no more: how much each condition skips is counted, which takes a look at all files. */
    TablePlan plan() {
        PlannedFiles.Size all = files.all();
        PlannedFiles.Size planned = files.planned();
        SkippedFiles.Skips skipped = SkippedFiles.of(table, wanted);
        return new TablePlan(
                name(),
                all.files(),
                planned.files(),
                skipped.together().byPartition(),
                skipped.together().byBounds(),
                all.bytes(),
                planned.bytes(),
                all.rows(),
                planned.rows(),
                skipped.each());
    }
}
