package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.DuckType;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.ParquetOutput;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.ChangeTask;
import dev.tarn.worker.protocol.ChangeTask.Effect;
import dev.tarn.worker.protocol.RowPlaces;
import dev.tarn.worker.protocol.TableSource;
import dev.tarn.worker.protocol.TargetColumn;
import dev.tarn.worker.protocol.TouchedFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The rows of the new files of a change, as SQL over {@link ChangedRows} and the files that lose rows. */
final class RewrittenRows {
    private final ChangeTask task;
    private final TableSource table;
    private final ChangedRows changed;
    private final TableSource touched;
    private final PlaceColumns places;
    private final RowLineage lineage;

    RewrittenRows(ChangeTask task, TableSource table, List<TouchedFile> touched) {
        this.task = task;
        this.table = table;
        this.changed = new ChangedRows(task);
        this.touched = table.ofFiles(
                touched.stream().map(file -> table.files().get(file.number())).toList());
        this.places = PlaceColumns.of(table, table.places().orElseThrow());
        this.lineage = new RowLineage(places, task.lineage());
    }

    /** The columns of the files. */
    List<ParquetOutput.Column> columns() {
        return columns(task.output().target(), keepsIds());
    }

    /** @param ids whether rows keep theirs */
    static List<ParquetOutput.Column> columns(List<TargetColumn> target, boolean ids) {
        List<ParquetOutput.Column> columns = new ArrayList<>();
        int last = 0;
        for (TargetColumn column : target) {
            columns.add(new ParquetOutput.Column(column.fieldId(), column.name(), DuckType.of(column.type())));
            last = Math.max(last, column.fieldId());
        }
        if (ids) {
            columns.add(new ParquetOutput.Column(last + 1, RowLineage.ID_NAME, DuckType.of("BIGINT")));
            columns.add(new ParquetOutput.Column(last + 2, RowLineage.SEQUENCE_NAME, DuckType.of("BIGINT")));
        }
        return columns;
    }

    String select(Instance instance) throws SQLException, TaskFailedException {
        List<String> parts = new ArrayList<>();
        if (hasOld()) {
            parts.add(old(instance));
        }
        if (!changed.clauses(Effect.INSERT).isEmpty()) {
            parts.add(added());
        }
        return String.join(" UNION ALL ", parts);
    }

    /** Whether rows of the touched files are written again, changed or as they are. */
    private boolean hasOld() {
        return !touched.files().isEmpty()
                && (task.rewrites() || !changed.clauses(Effect.UPDATE).isEmpty());
    }

    private boolean keepsIds() {
        return hasOld() && !task.lineage().isEmpty();
    }

    private String old(Instance instance) throws SQLException, TaskFailedException {
        RowPlaces names = table.places().orElseThrow();
        List<String> values = values(Effect.UPDATE, column -> "tarn_old." + Sql.name(column.name()));
        if (keepsIds()) {
            values.add("tarn_old." + Sql.name(lineage.id()) + " AS " + RowLineage.ID_NAME);
            values.add("CASE WHEN tarn_changed.a IS NULL THEN tarn_old." + Sql.name(lineage.sequence()) + " END AS "
                    + RowLineage.SEQUENCE_NAME);
        }
        String updated = ChangedRows.isOneOf(changed.clauses(Effect.UPDATE));
        return "SELECT " + String.join(", ", values) + " FROM ("
                + FileRows.select(instance, touched, Optional.of(keepsIds() ? lineage : places)) + ") AS tarn_old "
                + (task.rewrites() ? "LEFT JOIN " : "JOIN ") + ChangedRows.NAME + " AS tarn_changed ON tarn_old."
                + Sql.name(names.file()) + " = tarn_changed.f AND tarn_old." + Sql.name(names.row())
                + " = tarn_changed.r WHERE " + (task.rewrites() ? "tarn_changed.a IS NULL OR " : "") + updated;
    }

    private String added() {
        List<String> values = values(Effect.INSERT, column -> "NULL");
        if (keepsIds()) {
            values.add("CAST(NULL AS BIGINT) AS " + RowLineage.ID_NAME);
            values.add("CAST(NULL AS BIGINT) AS " + RowLineage.SEQUENCE_NAME);
        }
        return "SELECT " + String.join(", ", values) + " FROM " + ChangedRows.NAME
                + " AS tarn_changed WHERE tarn_changed.f IS NULL";
    }

    /** @param otherwise what a column is where no clause says */
    private List<String> values(Effect effect, Function<TargetColumn, String> otherwise) {
        List<String> values = new ArrayList<>();
        for (TargetColumn column : task.output().target()) {
            String before = otherwise.apply(column);
            StringBuilder cases = new StringBuilder();
            for (int clause : changed.clauses(effect)) {
                List<ChangeTask.Assigned> assigned = task.clauses().get(clause).assigned().stream()
                        .filter(some -> some.path().getFirst().equals(column.name()))
                        .toList();
                if (!assigned.isEmpty()) {
                    String value = value(DuckType.of(column.type()), before, assigned, 1);
                    cases.append(" WHEN ").append(clause).append(" THEN ").append(required(column, value));
                }
            }
            String whole = cases.isEmpty() ? before : "CASE tarn_changed.a" + cases + " ELSE " + before + " END";
            values.add("CAST(" + whole + " AS " + column.type() + ") AS " + Sql.name(column.name()));
        }
        return values;
    }

    private static String required(TargetColumn column, String value) {
        return column.required()
                ? "CASE WHEN " + value + " IS NULL THEN error("
                        + Sql.text("Column '" + column.name() + "' must have a value, and a row would have none")
                        + ") ELSE " + value + " END"
                : value;
    }

    /** A struct of which some fields change is made anew of all its fields. */
    private static String value(DuckType type, String before, List<ChangeTask.Assigned> assigned, int depth) {
        for (ChangeTask.Assigned whole : assigned) {
            if (whole.path().size() == depth) {
                return "struct_extract(tarn_changed.v, 'v" + whole.value() + "')";
            }
        }
        if (assigned.isEmpty() || !(type instanceof DuckType.Struct struct)) {
            return before;
        }
        List<String> fields = new ArrayList<>();
        for (DuckType.Field field : struct.fields()) {
            String own = "struct_extract(" + before + ", " + Sql.text(field.name()) + ")";
            List<ChangeTask.Assigned> ofField = assigned.stream()
                    .filter(some -> some.path().get(depth).equals(field.name()))
                    .toList();
            fields.add(Sql.name(field.name()) + " := " + value(field.type(), own, ofField, depth + 1));
        }
        return "struct_pack(" + String.join(", ", fields) + ")";
    }
}
