package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.DuckType.Field;
import dev.tarn.worker.duckdb.DuckType.ListOf;
import dev.tarn.worker.duckdb.DuckType.Struct;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.LoadTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What records look like, a sample or all of them, and the columns that come of it.
 *
 * @param exact all records were looked at
 * @param keys what the files call each column of theirs
 */
record JsonTable(
        JsonShape shape,
        boolean exact,
        Map<String, String> keys,
        List<EngineColumn> columns,
        List<String> warnings,
        String encoding) {

    /** Looks at records until there are so many, or so many bytes of them. */
    static JsonTable of(LoadContext context, long records, long bytes) throws TaskFailedException, IOException {
        JsonShape shape = JsonShape.ofRecords();
        context.progress().begin(context.sources().packedBytes());
        long count = 0;
        boolean ended = false;
        String encoding;
        try (Rejects rejects = Rejects.passedOver(
                        context.preview() || context.task().rejects().skips());
                JsonRows rows = new JsonRows(context, rejects)) {
            while (count < records && rows.textBytesRead() < bytes && !ended) {
                ended = !rows.next(shape::add);
                count += ended ? 0 : 1;
                if ((count & 0xFFF) == 0) {
                    context.cancellation().check();
                    context.progress().at(rows.packedBytesRead(), 0);
                }
            }
            encoding = rows.encoding();
        }
        List<Field> files = shape.columns();
        if (files.isEmpty()) {
            throw Faults.file("No record of the files has a field");
        }
        Map<String, String> keys = new HashMap<>();
        List<String> names = shape.keys();
        for (int i = 0; i < names.size(); i++) {
            keys.put(files.get(i).name(), names.get(i));
        }
        JsonFitting fitting = new JsonFitting(context.task().newColumns());
        EngineColumns.Fit fit = (name, own, column) -> hasGivenType(context.task(), column)
                ? own
                : fitting.of(name, own, shape.field(keys.getOrDefault(String.valueOf(column.source()), "")));
        List<EngineColumn> columns = EngineColumns.of(context.task(), files, fit);
        List<String> warnings = oneObject(count, ended, files);
        return new JsonTable(shape, ended, keys, columns, warnings, encoding);
    }

    private static boolean hasGivenType(LoadTask task, EngineColumn column) {
        return task.given().stream()
                .anyMatch(given -> given.type() != null && given.name().equalsIgnoreCase(column.name()));
    }

    /** A file of one object that holds the rows in an array is mostly not meant as one row. */
    private static List<String> oneObject(long count, boolean ended, List<Field> files) throws TaskFailedException {
        List<Field> arrays = files.stream()
                .filter(file -> file.type() instanceof ListOf list && list.element() instanceof Struct)
                .toList();
        if (count != 1 || !ended || arrays.size() != 1) {
            return List.of();
        }
        String hint =
                "The file is one object, and its field '" + arrays.getFirst().name()
                        + "' is an array of objects: if these are the rows, load a file that has only the array, as made by"
                        + " jq '." + arrays.getFirst().name() + "'";
        if (files.size() == 1) {
            throw Faults.file(hint);
        }
        return List.of(hint);
    }

    /** Whether a misfit is the record's fault for sure: no look at more records can change the types. */
    boolean isFinal(LoadTask task) {
        return exact || (!task.given().isEmpty() && task.given().stream().allMatch(given -> given.type() != null));
    }

    /** The columns that the files have, each with its slot; a table's own type is taken as told. */
    List<JsonPlan> plans(LoadTask task, ColumnWriters writers) throws TaskFailedException {
        Set<String> sources = new HashSet<>();
        JsonPlan.Planner planner = new JsonPlan.Planner(writers, exact);
        List<JsonPlan> plans = new ArrayList<>();
        for (EngineColumn column : read()) {
            String key = key(column);
            if (!sources.add(key)) {
                throw Faults.file("The field '" + key + "' is asked for twice");
            }
            boolean given = hasGivenType(task, column);
            boolean declared = given || task.target().stream().anyMatch(own -> own.fieldId() == column.fieldId());
            plans.add(planner.of(
                    column.name(), "c" + plans.size(), column.to(), given ? null : shape.field(key), declared));
        }
        return plans;
    }

    /** Those that the files have. */
    List<EngineColumn> read() {
        return columns.stream().filter(column -> column.source() != null).toList();
    }

    String key(EngineColumn column) {
        String source = column.source();
        return source == null ? "" : keys.getOrDefault(source, source);
    }
}
