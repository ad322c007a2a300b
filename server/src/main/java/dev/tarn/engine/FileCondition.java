package dev.tarn.engine;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.expressions.Projections;

/** Whether a file may hold rows for which a condition is true; as Iceberg's scan finds it out, file by file. For one thread. */
final class FileCondition {
    private final Expression condition;
    private final InclusiveMetricsEvaluator bounds;
    private final Map<Integer, Evaluator> partitions = new HashMap<>();

    FileCondition(Schema schema, Expression condition) {
        this.condition = condition;
        this.bounds = new InclusiveMetricsEvaluator(schema, condition);
    }

    Expression condition() {
        return condition;
    }

    boolean partitionMayHold(FileScanTask task) {
        PartitionSpec spec = task.spec();
        return partitions
                .computeIfAbsent(
                        spec.specId(),
                        same -> new Evaluator(
                                spec.partitionType(),
                                Projections.inclusive(spec).project(condition)))
                .eval(task.file().partition());
    }

    /** @param task planned with what is known of its columns */
    boolean boundsMayHold(FileScanTask task) {
        return bounds.eval(task.file());
    }

    boolean mayHold(FileScanTask task) {
        return partitionMayHold(task) && boundsMayHold(task);
    }
}
