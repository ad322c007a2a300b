package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.DuckType;
import dev.tarn.worker.duckdb.DuckType.Field;
import dev.tarn.worker.duckdb.IcebergType;
import dev.tarn.worker.duckdb.ReadableType;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.GivenColumn;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.TargetColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of files whose types are known before a row is read: all, those that were asked for, or those of a table. */
final class EngineColumns {
    private final LoadTask task;
    private final List<Field> files;
    private final Fit fit;

    private EngineColumns(LoadTask task, List<Field> files, Fit fit) {
        this.task = task;
        this.files = files;
        this.fit = fit;
    }

    /** What a table's column becomes so that it can take a column of the files. */
    interface Fit {
        DuckType of(String name, DuckType own, EngineColumn column) throws TaskFailedException;
    }

    /** {@code files}: the columns that the files have together. */
    static List<EngineColumn> of(LoadTask task, List<Field> files) throws TaskFailedException {
        Fitting fitting = new Fitting(task.newColumns());
        return of(task, files, (name, own, column) -> fitting.of(name, own, column.to()));
    }

    static List<EngineColumn> of(LoadTask task, List<Field> files, Fit fit) throws TaskFailedException {
        if (files.size() > Union.MAX_COLUMNS) {
            throw Faults.file("The files have " + files.size() + " columns; a table can have " + Union.MAX_COLUMNS);
        }
        EngineColumns columns = new EngineColumns(task, files, fit);
        List<EngineColumn> wanted = task.given().isEmpty() ? columns.all() : columns.given();
        return task.target().isEmpty() ? wanted : columns.target(wanted);
    }

    private List<EngineColumn> all() throws TaskFailedException {
        List<String> names = HeaderNames.of(files.stream().map(Field::name).toList());
        HeaderNames.check(names);
        List<EngineColumn> columns = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Field file = files.get(i);
            columns.add(new EngineColumn(i + 1, names.get(i), file.name(), file.type(), storable(file.type()), false));
        }
        return columns;
    }

    private List<EngineColumn> given() throws TaskFailedException {
        List<EngineColumn> columns = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (GivenColumn given : task.given()) {
            Optional<Field> file = DuckType.find(files, given.source());
            if (file.isEmpty()) {
                throw Faults.file("There is no column '" + given.source() + "' in the files");
            }
            if (given.name().isBlank() || !taken.add(HeaderNames.folded(given.name()))) {
                throw Faults.file("The name '" + given.name() + "' is blank or there twice");
            }
            DuckType type = given.type() == null ? storable(file.get().type()) : declared(given);
            columns.add(new EngineColumn(
                    columns.size() + 1,
                    given.name(),
                    file.get().name(),
                    file.get().type(),
                    type,
                    false));
        }
        HeaderNames.check(columns.stream().map(EngineColumn::name).toList());
        return columns;
    }

    private static DuckType declared(GivenColumn given) throws TaskFailedException {
        try {
            return storable(DuckType.of(String.valueOf(given.type())));
        } catch (IllegalArgumentException e) {
            throw Faults.file("Column '" + given.name() + "' cannot be of type " + given.type());
        }
    }

    static DuckType storable(DuckType type) {
        return IcebergType.of(ReadableType.inArrow(type));
    }

    private List<EngineColumn> target(List<EngineColumn> wanted) throws TaskFailedException {
        Map<Integer, EngineColumn> sources = new LinkedHashMap<>();
        List<EngineColumn> added = new ArrayList<>();
        int fieldId =
                task.target().stream().mapToInt(TargetColumn::fieldId).max().orElse(0);
        for (EngineColumn column : wanted) {
            int found = TargetColumns.find(task.target(), column.name());
            if (found >= 0 && sources.put(found, column) != null) {
                throw Faults.file("The files have column '" + column.name() + "' twice");
            }
            if (found < 0 && !task.newColumns()) {
                throw Faults.file("The table has no column '" + column.name()
                        + "', which the files have; new columns are added only when asked for");
            }
            if (found < 0) {
                added.add(
                        new EngineColumn(++fieldId, column.name(), column.source(), column.from(), column.to(), false));
            }
        }
        List<EngineColumn> columns = new ArrayList<>();
        for (int i = 0; i < task.target().size(); i++) {
            columns.add(into(task.target().get(i), sources.get(i)));
        }
        columns.addAll(added);
        return columns;
    }

    private EngineColumn into(TargetColumn target, @Nullable EngineColumn column) throws TaskFailedException {
        DuckType own = DuckType.of(target.type());
        if (column != null) {
            DuckType type = fit.of(target.name(), own, column);
            return new EngineColumn(
                    target.fieldId(), target.name(), column.source(), column.from(), type, target.required());
        }
        if (target.required() && target.missing() == null) {
            throw TargetColumns.missing("The files lack", target);
        }
        return new EngineColumn(target.fieldId(), target.name(), null, own, own, false);
    }
}
