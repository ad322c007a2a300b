package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.DuckType;
import dev.tarn.worker.duckdb.DuckType.ListOf;
import dev.tarn.worker.duckdb.DuckType.MapOf;
import dev.tarn.worker.duckdb.DuckType.Scalar;
import dev.tarn.worker.duckdb.DuckType.Struct;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.ColumnType.Base;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/** How values of a type come into a vector: its field, and the slot that fills it. */
record JsonPlan(Field field, Over slot) {

    /** Makes the slot for the vector. */
    interface Over {
        JsonSlot over(FieldVector vector);
    }

    /**
     * Plans one column after the other.
     *
     * @param exact the shapes are those of all records: what says nothing in them says nothing at all
     */
    record Planner(ColumnWriters writers, boolean exact) {

        /** {@code shape}: where the type was found; null when it was declared. */
        JsonPlan of(String path, String name, DuckType type, @Nullable JsonShape shape, boolean declared)
                throws TaskFailedException {
            return switch (type) {
                case Scalar scalar -> leaf(path, name, scalar, shape, declared);
                case Struct struct -> struct(path, name, struct, shape, declared);
                case ListOf list -> {
                    JsonPlan element =
                            of(path, "element", list.element(), shape == null ? null : shape.elements(), declared);
                    yield new JsonPlan(
                            nested(name, new ArrowType.List(), List.of(element.field())),
                            vector -> new JsonList(
                                    vector,
                                    path,
                                    null,
                                    element.slot()
                                            .over(vector.getChildrenFromFields().getFirst())));
                }
                case MapOf map -> map(path, name, map, shape, declared);
            };
        }

        private JsonPlan map(String path, String name, MapOf map, @Nullable JsonShape shape, boolean declared)
                throws TaskFailedException {
            JsonPlan key = leaf(path, "key", new Scalar(map.key().text()), null, true);
            JsonPlan value = of(path, "value", map.value(), shape == null ? null : shape.values(), declared);
            Field keyField = new Field("key", FieldType.notNullable(key.field().getType()), null);
            Field entries = new Field(
                    "entries", FieldType.notNullable(new ArrowType.Struct()), List.of(keyField, value.field()));
            return new JsonPlan(nested(name, new ArrowType.Map(false), List.of(entries)), vector -> {
                List<FieldVector> parts =
                        vector.getChildrenFromFields().getFirst().getChildrenFromFields();
                return new JsonList(
                        vector,
                        path,
                        (JsonLeaf) key.slot().over(parts.get(0)),
                        value.slot().over(parts.get(1)));
            });
        }

        private JsonPlan struct(String path, String name, Struct struct, @Nullable JsonShape shape, boolean declared)
                throws TaskFailedException {
            List<String> names =
                    struct.fields().stream().map(DuckType.Field::name).toList();
            boolean found = shape != null && HeaderNames.of(shape.keys()).equals(names);
            List<String> keys = found && shape != null ? shape.keys() : names;
            List<JsonPlan> plans = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                JsonShape part = shape == null ? null : shape.field(keys.get(i));
                DuckType type = struct.fields().get(i).type();
                plans.add(of(path + "." + names.get(i), names.get(i), type, part, declared));
            }
            Field field = nested(
                    name,
                    new ArrowType.Struct(),
                    plans.stream().map(JsonPlan::field).toList());
            return new JsonPlan(field, vector -> {
                List<JsonSlot> slots = new ArrayList<>();
                for (int i = 0; i < plans.size(); i++) {
                    slots.add(plans.get(i)
                            .slot()
                            .over(vector.getChildrenFromFields().get(i)));
                }
                return new JsonStruct(vector, new JsonStruct.JsonFields(path, keys, slots, shape == null));
            });
        }

        private JsonPlan leaf(String path, String name, Scalar type, @Nullable JsonShape shape, boolean declared)
                throws TaskFailedException {
            ColumnType known = ColumnType.declared(type.text());
            if (known == null) {
                throw Faults.file("Column '" + path + "' is of type " + type.text() + ", which JSON cannot carry");
            }
            boolean nothing = !declared && !exact && shape != null && (shape.isNothing() || shape.isEmptyObject());
            ColumnType kind = nothing ? ColumnType.of(Base.NOTHING) : known;
            ColumnWriter writer = writers.of(
                    new Column(
                            0, name, kind, type.text(), false, 0, declared ? Column.Origin.GIVEN : Column.Origin.FOUND),
                    name);
            Field field = new Field(name, writer.vector().getField().getFieldType(), null);
            return new JsonPlan(
                    field, vector -> new JsonLeaf(vector, writer, path, type.text(), kind.base(), declared));
        }

        private static Field nested(String name, ArrowType type, List<Field> parts) {
            return new Field(name, FieldType.nullable(type), parts);
        }
    }
}
