package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.protocol.ChangeTask;
import dev.tarn.worker.protocol.ChangeTask.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The outcome of a statement that changes rows, as a table of the instance: the place of a row in {@code f} and {@code r}, NULL for a
 * new one, the number of its clause in {@code a}, and the values in {@code v}. All that is asked of it, as SQL.
 */
record ChangedRows(ChangeTask task) {
    static final String NAME = "temp.main.tarn_changed";

    /** @param source with the columns c0, c1 and c2 */
    String keep(String source) {
        return "CREATE TEMPORARY TABLE " + NAME + " AS SELECT c0 AS f, c1 AS r, struct_extract(c2, 'a') AS a"
                + (hasValues() ? ", c2 AS v" : "") + " FROM " + source + " WHERE c2 IS NOT NULL";
    }

    private boolean hasValues() {
        return task.clauses().stream().anyMatch(clause -> !clause.assigned().isEmpty());
    }

    /** NULL when no row of the table is there twice. */
    String countTwice() {
        return "SELECT max(n)::VARCHAR FROM (SELECT count(*) AS n FROM " + NAME
                + " WHERE f IS NOT NULL GROUP BY f, r) WHERE n > 1";
    }

    String count() {
        return "SELECT count(*)::VARCHAR FROM " + NAME;
    }

    /** Files and how many of their rows. */
    String touched() {
        return "SELECT f, count(*) FROM " + NAME + " WHERE f IS NOT NULL GROUP BY f ORDER BY f";
    }

    String places(String path) {
        return "COPY (SELECT f, r FROM " + NAME + " WHERE f IS NOT NULL ORDER BY f, r) TO " + Sql.text(path)
                + " (FORMAT parquet, COMPRESSION zstd, FIELD_IDS {f: 1, r: 2})";
    }

    /** Whether there may be rows of new files. */
    boolean writes(boolean touched) {
        return !clauses(Effect.INSERT).isEmpty()
                || (touched && (task.rewrites() || !clauses(Effect.UPDATE).isEmpty()));
    }

    /** The numbers of the clauses of an effect. */
    List<Integer> clauses(Effect effect) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < task.clauses().size(); i++) {
            if (task.clauses().get(i).effect() == effect) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    /** Whether a row's clause is one of them. */
    static String isOneOf(List<Integer> clauses) {
        return clauses.isEmpty()
                ? "false"
                : "tarn_changed.a IN (" + clauses.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
    }
}
