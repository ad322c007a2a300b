package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.DuckType;
import dev.tarn.worker.duckdb.IcebergType;
import dev.tarn.worker.duckdb.ParquetOutput;
import dev.tarn.worker.duckdb.ReadableType;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.TargetColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of data files, and what a row has in each, as SQL over {@code c0}, {@code c1}, ...: the result's columns, or those of
 * a table, all of them, so that files of one table have the same columns whatever a statement named.
 */
record Assignment(List<ParquetOutput.Column> columns, List<String> values) {

    static Assignment of(MaterializeTask task, ResultColumns result) throws TaskFailedException {
        return task.target().isEmpty() ? asTheyAre(result) : into(task, result);
    }

    /** The list of a SELECT. */
    String list() {
        return String.join(", ", values);
    }

    private static Assignment asTheyAre(ResultColumns result) {
        List<String> names = result.shownNames(false);
        List<ParquetOutput.Column> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            DuckType readable = ReadableType.inArrow(DuckType.of(result.types().get(i)));
            DuckType type = IcebergType.of(readable);
            columns.add(new ParquetOutput.Column(i + 1, names.get(i), type));
            values.add(value("CAST(c" + i + " AS " + type.text() + ")", names.get(i)));
        }
        return new Assignment(columns, values);
    }

    private static Assignment into(MaterializeTask task, ResultColumns result) throws TaskFailedException {
        Map<Integer, Integer> sources = sources(task, result);
        List<ParquetOutput.Column> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < task.target().size(); i++) {
            TargetColumn target = task.target().get(i);
            Integer source = sources.get(i);
            if (source == null && target.required() && target.missing() == null) {
                throw refused(
                        target.hidden()
                                ? "The table has a column that must have a value and that you may not see, so you can add no rows"
                                : "Column '" + target.name() + "' must have a value, and the query has none for it");
            }
            columns.add(new ParquetOutput.Column(target.fieldId(), target.name(), DuckType.of(target.type())));
            values.add(value(cast(target, source), target.name()));
        }
        return new Assignment(columns, values);
    }

    private static String value(String expression, String name) {
        return expression + " AS " + Sql.name(name);
    }

    private static String cast(TargetColumn target, @Nullable Integer source) {
        if (source == null) {
            return "CAST(" + (target.missing() == null ? "NULL" : target.missing()) + " AS " + target.type() + ")";
        }
        String cast = "CAST(c" + source + " AS " + target.type() + ")";
        return target.required()
                ? "CASE WHEN c" + source + " IS NULL THEN error("
                        + Sql.text("Column '" + target.name() + "' must have a value, and a row of the query has none")
                        + ") ELSE " + cast + " END"
                : cast;
    }

    /** From places in the table's columns to places in the result's. */
    private static Map<Integer, Integer> sources(MaterializeTask task, ResultColumns result)
            throws TaskFailedException {
        List<String> names = task.given().isEmpty() ? result.names() : task.given();
        if (names.size() != result.names().size()) {
            throw refused("The query has " + counted(result.names().size()) + ", and " + names.size()
                    + " are to be filled; name the table's columns, or write BY NAME");
        }
        Map<Integer, Integer> sources = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            int target = find(task.target(), names.get(i));
            if (target < 0) {
                throw refused("The table has no column '" + names.get(i) + "'");
            }
            if (sources.put(target, i) != null) {
                throw refused("Column '" + task.target().get(target).name() + "' is named twice");
            }
        }
        return sources;
    }

    private static String counted(int columns) {
        return columns == 1 ? "1 column" : columns + " columns";
    }

    /** The one of exactly that name, else the only one that differs in case. */
    private static int find(List<TargetColumn> target, String name) {
        int alike = -1;
        for (int i = 0; i < target.size(); i++) {
            TargetColumn column = target.get(i);
            if (column.hidden()) {
                continue;
            }
            if (column.name().equals(name)) {
                return i;
            }
            if (column.name().equalsIgnoreCase(name)) {
                alike = alike == -1 ? i : -2;
            }
        }
        return alike;
    }

    private static TaskFailedException refused(String message) {
        return new TaskFailedException(Failure.of(Failure.Kind.BINDING, message));
    }
}
