package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;

/** A place of objects with known fields. Fields mostly come in one order, so the next one is guessed before it is looked up. */
final class JsonStruct extends JsonSlot.Nested {
    private final JsonFields fields;

    JsonStruct(FieldVector vector, JsonFields fields) {
        super(vector);
        this.fields = fields;
    }

    @Override
    void start(int rows) {
        super.start(rows);
        fields.slots().forEach(slot -> slot.start(rows));
    }

    @Override
    void reserve(int rows) {
        fields.slots().forEach(slot -> slot.ensure(rows));
    }

    @Override
    void write(JsonCursor in, int row) throws JsonFault {
        switch (in.kind()) {
            case OBJECT -> {
                setValid(row, true);
                fields.write(in, row);
            }
            case NULL -> {
                in.scalar();
                writeNull(row);
            }
            default -> throw fields.noObject(in);
        }
    }

    @Override
    void writeNull(int row) {
        setValid(row, false);
        fields.slots().forEach(slot -> slot.writeNull(row));
    }

    @Override
    void finish(int rows) {
        fields.slots().forEach(slot -> slot.finish(rows));
        load(rows, List.of());
    }

    @Override
    void release() {
        fields.slots().forEach(JsonSlot::release);
    }

    /** The fields of an object and what becomes of their values. */
    static final class JsonFields {
        private final String path;
        private final List<JsonSlot> slots;
        private final byte[][] keys;
        /** Each as it mostly stands in the text; empty when its quotes may be written in several ways. */
        private final byte[][] quoted;

        private final Map<String, Integer> byKey = new HashMap<>();
        private final Map<String, Integer> byFolded = new HashMap<>();
        private final boolean ignoresOthers;
        private final long[] seen;
        private long stamp;

        /** {@code ignoresOthers}: a field that is not among the keys is left out, and else a misfit. */
        JsonFields(String path, List<String> keys, List<JsonSlot> slots, boolean ignoresOthers) {
            this.path = path;
            this.slots = slots;
            this.keys = keys.stream().map(key -> key.getBytes(UTF_8)).toArray(byte[][]::new);
            this.quoted = keys.stream().map(JsonFields::quoted).toArray(byte[][]::new);
            this.ignoresOthers = ignoresOthers;
            this.seen = new long[slots.size()];
            for (int i = 0; i < keys.size(); i++) {
                byKey.put(keys.get(i), i);
                byFolded.merge(folded(keys.get(i)), i, (first, second) -> -1);
            }
        }

        private static byte[] quoted(String key) {
            boolean plain = key.indexOf('"') < 0 && key.indexOf('\\') < 0;
            return plain ? ("\"" + key + "\":").getBytes(UTF_8) : new byte[0];
        }

        List<JsonSlot> slots() {
            return slots;
        }

        /** Whether the object that was written last has a value for the field. */
        boolean hasValue(int field, int row) {
            return seen[field] == stamp && slots.get(field).isValid(row);
        }

        void write(JsonCursor in, int row) throws JsonFault {
            stamp++;
            int next = 0;
            in.enter();
            for (boolean first = true; in.more(first, '}'); first = false) {
                int field = next;
                if (next == quoted.length || quoted[next].length == 0 || !in.isName(quoted[next])) {
                    in.name();
                    field = find(in, next);
                }
                if (field >= 0) {
                    next = field + 1;
                    seen[field] = stamp;
                    slots.get(field).write(in, row);
                } else {
                    in.skip();
                }
            }
            for (int i = 0; i < seen.length; i++) {
                if (seen[i] != stamp) {
                    slots.get(i).writeNull(row);
                }
            }
        }

        private int find(JsonCursor in, int next) throws JsonFault {
            if (next < keys.length
                    && Arrays.equals(in.bytes(), in.start(), in.end(), keys[next], 0, keys[next].length)) {
                return next;
            }
            String key = new String(in.bytes(), in.start(), in.end() - in.start(), UTF_8);
            Integer exact = byKey.get(key);
            if (exact != null) {
                return exact;
            }
            int folded = byFolded.getOrDefault(folded(key), -1);
            // Beside a field that has the name exactly, one that differs in case is another.
            if (folded >= 0 && seen[folded] != stamp) {
                return folded;
            }
            if (!ignoresOthers) {
                throw JsonFault.misfit("has the new field '" + Faults.brief(key) + "'", path, key);
            }
            return -1;
        }

        JsonFault noObject(JsonCursor in) throws JsonFault {
            in.skipBlanks();
            int start = in.position();
            in.skipRaw();
            String value = Faults.shown(in.bytes(), start, in.position());
            return JsonFault.misfit(
                    "has '" + Faults.brief(value) + "' where column '" + path + "' needs an object", path, value);
        }

        private static String folded(String key) {
            return key.toLowerCase(Locale.ROOT);
        }
    }
}
