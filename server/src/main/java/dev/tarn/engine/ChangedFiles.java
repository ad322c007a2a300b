package dev.tarn.engine;

import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.expressions.Expression;

/**
 * What was planned of the table whose rows a query changes.
 *
 * @param source which of the query's sources it is
 * @param wanted what rows of it the query looks at
 * @param tasks its files, in the order in which the worker knows them
 * @param whole files that go with all their rows
 * @param settled whether the rows of the other files alone have to be looked at
 */
record ChangedFiles(int source, Expression wanted, List<FileScanTask> tasks, WholeFiles whole, boolean settled) {
    /** Whether nothing is left for a worker. */
    boolean isDone() {
        return settled && tasks.isEmpty();
    }
}
