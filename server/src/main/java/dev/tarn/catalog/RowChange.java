package dev.tarn.catalog;

import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.expressions.Expression;

/**
 * Rows of a table that a statement changed or deleted, and those that it added, as of the version of the table that it read.
 *
 * @param read that version
 * @param wanted what rows the statement looked at; one of them that comes meanwhile is a conflict
 * @param serializable whether rows that came meanwhile are a conflict, not only rows that went
 * @param touched the files that lose rows, in the order of their numbers
 * @param whole files that lose all their rows, of which nothing else has to be known
 * @param rewrites whether the rows that these files keep are in the new files; else the places of the lost rows are written down
 * @param places a Parquet file with those, number of the file and row in it, in that order; it is removed
 */
public record RowChange(
        ReadableTable read,
        Expression wanted,
        boolean serializable,
        List<Touched> touched,
        List<FileScanTask> whole,
        boolean rewrites,
        Path places) {
    public RowChange {
        touched = List.copyOf(touched);
        whole = List.copyOf(whole);
    }

    /**
     * A file that loses rows.
     *
     * @param task the file and its deletes, as they were planned
     * @param rows how many it loses
     */
    public record Touched(FileScanTask task, int number, long rows) {}
}
