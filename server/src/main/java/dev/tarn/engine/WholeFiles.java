package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.StrictMetricsEvaluator;

/**
 * The files of which a DELETE takes every row, as their partitions and bounds prove. They go as they are, and nobody opens them.
 *
 * @param rows how many there were
 */
record WholeFiles(List<FileScanTask> tasks, long rows) {
    static final WholeFiles NONE = new WholeFiles(List.of(), 0);

    /**
     * Those among some files.
     *
     * @param tasks as planned for exactly the rows that go, with what is known of their columns
     */
    static WholeFiles among(ReadableTable table, List<FileScanTask> tasks) {
        List<FileScanTask> whole = new ArrayList<>();
        long rows = 0;
        BaseDeleteLoader loader =
                new BaseDeleteLoader(delete -> table.table().io().newInputFile(delete));
        for (FileScanTask task : tasks) {
            if (isWhole(table, task)) {
                whole.add(task);
                rows += task.file().recordCount()
                        - loader.loadPositionDeletes(task.deletes(), task.file().location())
                                .cardinality();
            }
        }
        return new WholeFiles(List.copyOf(whole), rows);
    }

    /** How many rows an equality delete has taken is known to who reads the file alone. */
    private static boolean isWhole(ReadableTable table, FileScanTask task) {
        for (DeleteFile delete : task.deletes()) {
            if (delete.content() != FileContent.POSITION_DELETES) {
                return false;
            }
        }
        Expression rest = task.residual();
        return rest.op() == Expression.Operation.TRUE
                || new StrictMetricsEvaluator(table.schema(), rest).eval(task.file());
    }
}
