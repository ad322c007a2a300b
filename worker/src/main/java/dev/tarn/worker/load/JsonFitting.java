package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.DuckType;
import dev.tarn.worker.duckdb.DuckType.Field;
import dev.tarn.worker.duckdb.DuckType.ListOf;
import dev.tarn.worker.duckdb.DuckType.MapOf;
import dev.tarn.worker.duckdb.DuckType.Scalar;
import dev.tarn.worker.duckdb.DuckType.Struct;
import dev.tarn.worker.duckdb.TaskFailedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a table's column becomes so that it can take values of a shape. Values that do not fit it are faults of their records. */
final class JsonFitting {
    private final boolean newFields;

    JsonFitting(boolean newFields) {
        this.newFields = newFields;
    }

    DuckType of(String path, DuckType own, @Nullable JsonShape shape) throws TaskFailedException {
        if (shape == null) {
            return own;
        }
        return switch (own) {
            case Scalar scalar -> shape.widened(scalar);
            case Struct struct -> struct(path, struct, shape);
            case ListOf list -> new ListOf(of(path + ".element", list.element(), shape.elements()), "[]");
            case MapOf map -> {
                DuckType value = of(path + ".value", map.value(), shape.values());
                for (String key : shape.keys()) {
                    value = of(path + ".value", value, shape.field(key));
                }
                yield new MapOf(map.key(), value);
            }
        };
    }

    private Struct struct(String path, Struct own, JsonShape shape) throws TaskFailedException {
        List<Field> fields = new ArrayList<>(own.fields());
        List<String> keys = shape.keys();
        List<Field> found = shape.columns();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            Field known = DuckType.find(own.fields(), key).orElse(null);
            if (known != null) {
                int at = own.fields().indexOf(known);
                fields.set(
                        at,
                        new Field(
                                known.written(),
                                of(path + "." + key, fields.get(at).type(), shape.field(key))));
            } else if (newFields) {
                fields.add(found.get(i));
            } else {
                throw Faults.file("Column '" + path + "' of the table has no field '" + key
                        + "', which the files have; new ones are added only when asked for");
            }
        }
        return new Struct(fields);
    }
}
