package dev.tarn.worker.load;

import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.jspecify.annotations.Nullable;

/** A place of arrays, or of objects that are maps: lists of keys and values. */
final class JsonList extends JsonSlot.Nested {
    private final String path;
    private final @Nullable JsonLeaf keys;
    private final JsonSlot values;
    private int[] offsets = new int[1];

    /** {@code keys}: null for arrays. */
    JsonList(FieldVector vector, String path, @Nullable JsonLeaf keys, JsonSlot values) {
        super(vector);
        this.path = path;
        this.keys = keys;
        this.values = values;
    }

    @Override
    void start(int rows) {
        super.start(rows);
        values.start(rows);
        if (keys != null) {
            keys.start(rows);
        }
    }

    @Override
    void reserve(int rows) {
        offsets = Arrays.copyOf(offsets, rows + 1);
    }

    @Override
    void write(JsonCursor in, int row) throws JsonFault {
        JsonCursor.Kind kind = in.kind();
        if (kind == JsonCursor.Kind.NULL) {
            in.scalar();
            writeNull(row);
            return;
        }
        if (kind != (keys == null ? JsonCursor.Kind.ARRAY : JsonCursor.Kind.OBJECT)) {
            throw misfit(in);
        }
        int count = offsets[row];
        in.enter();
        for (boolean first = true; in.more(first, keys == null ? ']' : '}'); first = false) {
            if ((count & 0xFF) == 0 || first) {
                ensureElements(count + 0x101);
            }
            if (keys != null) {
                in.name();
                keys.writeName(in, count);
            }
            values.write(in, count);
            count++;
        }
        setValid(row, true);
        offsets[row + 1] = count;
    }

    private void ensureElements(int count) {
        values.ensure(count);
        if (keys != null) {
            keys.ensure(count);
        }
    }

    private JsonFault misfit(JsonCursor in) throws JsonFault {
        in.skipBlanks();
        int start = in.position();
        in.skipRaw();
        String value = Faults.shown(in.bytes(), start, in.position());
        return JsonFault.misfit(
                "has '" + Faults.brief(value) + "' where column '" + path + "' needs "
                        + (keys == null ? "an array" : "an object"),
                path,
                value);
    }

    @Override
    void writeNull(int row) {
        setValid(row, false);
        offsets[row + 1] = offsets[row];
    }

    @Override
    void finish(int rows) {
        int elements = offsets[rows];
        if (keys != null) {
            keys.finish(elements);
        }
        values.finish(elements);
        if (vector() instanceof MapVector map) {
            ((StructVector) map.getDataVector())
                    .loadFieldBuffers(
                            new ArrowFieldNode(elements, 0),
                            List.of(map.getAllocator().getEmpty()));
        }
        load(rows, List.of(offsets));
    }

    @Override
    void release() {
        values.release();
        if (keys != null) {
            keys.release();
        }
    }
}
