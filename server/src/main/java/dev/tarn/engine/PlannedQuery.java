package dev.tarn.engine;

import dev.tarn.engine.Explanation.TablePlan;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.workers.WorkerFailures;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.TableSource;
import java.util.List;

/**
 * A query that may run.
 *
 * @param sql the caller's text, or one in which names of nested namespaces were replaced
 * @param original the caller's text
 * @param sources the tables that it sees
 * @param tables what is read of each
 */
record PlannedQuery(String sql, String original, List<TableSource> sources, List<TablePlan> tables) {

    /** A worker's failure, at its place in the caller's text when that is known. */
    TarnException failure(Failure failure, int before) {
        int offset = failure.offset() - before;
        if (!sql.equals(original) || offset < 0) {
            return WorkerFailures.translate(failure, null);
        }
        return WorkerFailures.translate(
                new Failure(
                        failure.kind(), failure.message(), offset, failure.line(), failure.column(), failure.value()),
                original);
    }
}
