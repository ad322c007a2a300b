package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.TableColumns.Wanted;
import dev.tarn.worker.protocol.TargetColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the cells for the columns of an existing table: exact names first, then a unique one when case is ignored. */
final class TargetColumns {
    private TargetColumns() {}

    /**
     * The names that a header means: as it stands when the table has exactly these, else as they were made when such a file
     * became a table, so that whatever could be created can be appended again.
     */
    static List<String> namesOf(List<TargetColumn> target, List<String> header) {
        Set<String> known = told(target).stream().map(TargetColumn::name).collect(Collectors.toSet());
        boolean exact = known.containsAll(header) && Set.copyOf(header).size() == header.size();
        return exact ? header : HeaderNames.of(header);
    }

    /** {@code newColumns}: what the table lacks is added behind its own columns. */
    static List<Column> byName(List<TargetColumn> target, List<Wanted> wanted, boolean newColumns, boolean header)
            throws TaskFailedException {
        Map<Integer, Wanted> sourceOf = new HashMap<>();
        List<Column> added = new ArrayList<>();
        int fieldId = target.stream().mapToInt(TargetColumn::fieldId).max().orElse(0);
        for (Wanted column : wanted) {
            int found = find(target, column.name());
            if (found < 0 && newColumns) {
                added.add(TableColumns.column(++fieldId, column));
            } else if (found < 0) {
                throw Faults.file("The table has no column '" + column.name() + "', which "
                        + (header
                                ? "the first line of the file has; if that line is data, say header=false"
                                : "was asked for")
                        + "; new columns are added only when asked for");
            } else if (sourceOf.put(found, column) != null) {
                throw Faults.file("The file has column '" + target.get(found).name() + "' twice");
            }
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < target.size(); i++) {
            Wanted source = sourceOf.get(i);
            columns.add(column(target.get(i), source == null ? -1 : source.source()));
        }
        columns.addAll(added);
        return columns;
    }

    static List<Column> byPosition(List<TargetColumn> target, int cells) throws TaskFailedException {
        int told = told(target).size();
        if (told != cells) {
            throw Faults.file("The file has " + cells + " columns without names, the table has " + told);
        }
        List<Column> columns = new ArrayList<>();
        int cell = 0;
        for (TargetColumn column : target) {
            columns.add(column(column, column.hidden() ? -1 : cell++));
        }
        return columns;
    }

    private static List<TargetColumn> told(List<TargetColumn> target) {
        return target.stream().filter(column -> !column.hidden()).toList();
    }

    static int find(List<TargetColumn> target, String name) throws TaskFailedException {
        int found = -1;
        for (int i = 0; i < target.size(); i++) {
            if (target.get(i).hidden()) {
                continue;
            }
            if (target.get(i).name().equals(name)) {
                return i;
            }
            if (HeaderNames.folded(target.get(i).name()).equals(HeaderNames.folded(name))) {
                if (found >= 0) {
                    throw Faults.file("Column '" + name + "' of the file may be '"
                            + target.get(found).name() + "' or '"
                            + target.get(i).name() + "' of the table");
                }
                found = i;
            }
        }
        return found;
    }

    /** {@code where}: the file or the files lack it. */
    static TaskFailedException missing(String where, TargetColumn required) {
        return Faults.file(
                required.hidden()
                        ? "The table has a column that must have a value and that you may not see, so you can add no rows"
                        : where + " column '" + required.name() + "', which must have a value");
    }

    private static Column column(TargetColumn target, int cell) throws TaskFailedException {
        ColumnType type = ColumnType.declared(target.type());
        if (type == null && cell >= 0) {
            throw Faults.file(
                    "Column '" + target.name() + "' is of type " + target.type() + ", which CSV cannot carry");
        }
        if (cell < 0 && target.required() && target.missing() == null) {
            throw missing("The file lacks", target);
        }
        return new Column(
                target.fieldId(),
                target.name(),
                type == null ? ColumnType.of(ColumnType.Base.NOTHING) : type,
                target.type(),
                cell >= 0 && target.required(),
                cell,
                Column.Origin.TABLE);
    }
}
