package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.engine.Explanation.Skipping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.And;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;

/** Why files are not read: all of a table's are looked at again, for each condition alone. So it is found out for a plan, not for a query. */
final class SkippedFiles {
    private static final int MOST_CONDITIONS = 20;
    private static final String NOT_NULL = " IS NOT NULL";

    private final FileCondition condition;
    private long byPartition;
    private long byBounds;

    private SkippedFiles(Schema schema, Expression condition) {
        this.condition = new FileCondition(schema, condition);
    }

    /**
     * How many files are skipped.
     *
     * @param together by all conditions
     * @param each by each condition alone; NULL is told of where it decides
     */
    record Skips(Skipping together, List<Skipping> each) {}

    static Skips of(ReadableTable table, Expression wanted) {
        List<Expression> conditions = split(wanted);
        List<Skipping> counted = counted(
                table,
                Stream.concat(Stream.of(wanted), conditions.stream().limit(MOST_CONDITIONS))
                        .toList());
        List<Skipping> each = counted.stream()
                .skip(1)
                .filter(one -> one.byPartition() + one.byBounds() > 0
                        || !one.condition().endsWith(NOT_NULL))
                .toList();
        return new Skips(counted.getFirst(), each);
    }

    /** Those that may skip files, as text; that a value is not NULL, which any comparison asks too, is left out. */
    static List<String> conditions(Expression wanted, Schema schema) {
        return split(wanted).stream()
                .limit(MOST_CONDITIONS)
                .map(condition -> ConditionText.of(condition, schema))
                .filter(text -> !text.endsWith(NOT_NULL))
                .toList();
    }

    private static List<Expression> split(Expression wanted) {
        List<Expression> conditions = new ArrayList<>();
        split(wanted, conditions);
        return conditions;
    }

    private static void split(Expression expression, List<Expression> parts) {
        if (expression instanceof And and) {
            split(and.left(), parts);
            split(and.right(), parts);
        } else if (expression.op() != Expression.Operation.TRUE) {
            parts.add(expression);
        }
    }

    private static List<Skipping> counted(ReadableTable table, List<Expression> conditions) {
        Schema schema = table.schema();
        List<SkippedFiles> counts = conditions.stream()
                .map(condition -> new SkippedFiles(schema, condition))
                .toList();
        if (table.snapshotId().isPresent() && !counts.isEmpty()) {
            try (CloseableIterable<FileScanTask> tasks =
                    table.table().newScan().includeColumnStats().planFiles()) {
                for (FileScanTask task : tasks) {
                    counts.forEach(count -> count.count(task));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return counts.stream()
                .map(count -> new Skipping(
                        ConditionText.of(count.condition.condition(), schema), count.byPartition, count.byBounds))
                .toList();
    }

    private void count(FileScanTask task) {
        if (!condition.partitionMayHold(task)) {
            byPartition++;
        } else if (!condition.boundsMayHold(task)) {
            byBounds++;
        }
    }
}
