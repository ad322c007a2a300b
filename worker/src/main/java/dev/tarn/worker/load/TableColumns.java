package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.Column.Origin;
import dev.tarn.worker.protocol.GivenColumn;
import dev.tarn.worker.protocol.LoadTask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns that the load writes: all of the files, those that were asked for, or those of a table. */
final class TableColumns {
    private TableColumns() {}

    /** A column of the files under the name that it shall have. */
    record Wanted(int source, String name, @Nullable String type) {}

    static List<Column> of(Union union, LoadTask task) throws TaskFailedException {
        List<Wanted> wanted = wanted(union, task.given());
        if (!task.target().isEmpty()) {
            return !union.header() && task.given().isEmpty()
                    ? TargetColumns.byPosition(task.target(), union.names().size())
                    : TargetColumns.byName(task.target(), wanted, task.newColumns(), union.header());
        }
        List<Column> columns = new ArrayList<>();
        for (Wanted column : wanted) {
            columns.add(column(columns.size() + 1, column));
        }
        return columns;
    }

    static Column column(int fieldId, Wanted wanted) throws TaskFailedException {
        if (wanted.type() == null) {
            return Column.found(fieldId, wanted.name(), wanted.source());
        }
        ColumnType type = ColumnType.declared(wanted.type());
        if (type == null) {
            throw Faults.file(
                    "Column '" + wanted.name() + "' cannot be loaded as " + wanted.type() + " from a file of texts");
        }
        return new Column(fieldId, wanted.name(), type, type.text(), false, wanted.source(), Origin.GIVEN);
    }

    private static List<Wanted> wanted(Union union, List<GivenColumn> given) throws TaskFailedException {
        List<Wanted> wanted = new ArrayList<>();
        if (given.isEmpty()) {
            for (int column = 0; column < union.names().size(); column++) {
                wanted.add(new Wanted(column, union.names().get(column), null));
            }
            return wanted;
        }
        Set<String> taken = new HashSet<>();
        for (GivenColumn column : given) {
            int source = union.find(column.source());
            if (source < 0) {
                throw Faults.file(
                        "There is no column '" + column.source() + "' in the files; they have " + shown(union.names()));
            }
            if (column.name().isBlank()) {
                throw Faults.file("The column that is made of '" + column.source() + "' needs a name");
            }
            if (!taken.add(HeaderNames.folded(column.name()))) {
                throw Faults.file("Two columns would have the name '" + column.name() + "'");
            }
            wanted.add(new Wanted(source, column.name(), column.type()));
        }
        HeaderNames.check(wanted.stream().map(Wanted::name).toList());
        return wanted;
    }

    private static String shown(List<String> names) {
        List<String> first = names.stream()
                .limit(10)
                .map(name -> "'" + Faults.brief(name) + "'")
                .toList();
        return String.join(", ", first) + (names.size() > first.size() ? " and others" : "");
    }
}
