package dev.tarn.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    /** It reads no data. */
    public Reading reading() {
        return new Reading(
                0,
                tables.stream()
                        .map(table -> new Reading.TableRead(table.name(), Optional.empty()))
                        .toList());
    }

    /** The answer to EXPLAIN with one more row, which tells of the files. */
    static QueryResult told(QueryResult plan, List<TablePlan> tables) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (JsonNode row : plan.toJson(QueryResult.RowShape.ARRAY)) {
            List<@Nullable Object> values = new ArrayList<>();
            row.forEach(value -> values.add(value.asString()));
            rows.add(values);
        }
        if (!tables.isEmpty()) {
            List<@Nullable Object> files = new ArrayList<>();
            plan.columns().forEach(column -> files.add("files"));
            files.set(files.size() - 1, text(tables));
            rows.add(files);
        }
        return new ListedResult(plan.columns(), rows, plan.reading().tableNames());
    }

    private static String text(List<TablePlan> tables) {
        StringBuilder text = new StringBuilder();
        for (TablePlan table : tables) {
            text.append("%s: %d of %d files, %d skipped by partition, %d by bounds%n"
                    .formatted(
                            table.name(),
                            table.filesPlanned(),
                            table.filesTotal(),
                            table.filesSkippedByPartition(),
                            table.filesSkippedByBounds()));
            for (Skipping condition : table.conditions()) {
                text.append("  %s: %d by partition, %d by bounds%n"
                        .formatted(condition.condition(), condition.byPartition(), condition.byBounds()));
            }
        }
        return text.toString();
    }

    /**
     * Of all files of the table's version, the planned ones are read; the others cannot hold a row that is wanted.
     *
     * @param filesSkippedByPartition because of the values that all their rows share
     * @param filesSkippedByBounds because of the least and the greatest value of a column, and of how many are NULL
     * @param conditions those that were used, each with what it skips by itself
     */
    public record TablePlan(
            String name,
            long filesTotal,
            long filesPlanned,
            long filesSkippedByPartition,
            long filesSkippedByBounds,
            long bytesTotal,
            long bytesPlanned,
            long rowsTotal,
            long rowsPlanned,
            List<Skipping> conditions) {
        public TablePlan {
            conditions = List.copyOf(conditions);
        }
    }

    /** How many files a condition skips. */
    public record Skipping(String condition, long byPartition, long byBounds) {}
}
