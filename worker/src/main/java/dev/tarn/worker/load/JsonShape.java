package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.duckdb.DuckType;
import dev.tarn.worker.duckdb.DuckType.Field;
import dev.tarn.worker.duckdb.DuckType.ListOf;
import dev.tarn.worker.duckdb.DuckType.MapOf;
import dev.tarn.worker.duckdb.DuckType.Scalar;
import dev.tarn.worker.duckdb.DuckType.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the values at one place of all records have in common. Objects become a struct, unless their keys vary so much that they are
 * data themselves: then a map. Values of kinds that have nothing in common become text: texts as they are, the rest as JSON.
 */
final class JsonShape {
    /** So many different keys are never fields. */
    static final int MOST_FIELDS = 1_000;

    /** More keys than this are no fields when an object has less than a quarter of them. */
    private static final int MANY_FIELDS = 100;

    private final @Nullable Integer mostFields;
    private @Nullable Evidence numbers;
    private boolean booleans;
    private boolean texts;
    private TimeText.Form times = TimeText.Form.NONE;
    private @Nullable TimeText time;
    private @Nullable JsonShape elements;
    private boolean objects;
    private boolean map;
    private long objectCount;
    private long keyCount;
    private final Map<String, JsonShape> fields = new LinkedHashMap<>();
    private final Map<Name, JsonShape> byName = new HashMap<>();
    private final Name probe = new Name();
    private @Nullable JsonShape values;

    /** {@code mostFields}: null for the records themselves, which are never maps. */
    private JsonShape(@Nullable Integer mostFields) {
        this.mostFields = mostFields;
    }

    static JsonShape ofRecords() {
        return new JsonShape(null);
    }

    /** The bytes of a key, to look it up without a text of it. */
    private static final class Name {
        private byte[] bytes = new byte[0];
        private int start;
        private int end;
        private int hash;

        Name over(byte[] source, int from, int to) {
            bytes = source;
            start = from;
            end = to;
            hash = 1;
            for (int i = from; i < to; i++) {
                hash = 31 * hash + source[i];
            }
            return this;
        }

        Name copy() {
            byte[] own = Arrays.copyOfRange(bytes, start, end);
            return new Name().over(own, 0, own.length);
        }

        String text() {
            return new String(bytes, start, end - start, UTF_8);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Name name && Arrays.equals(bytes, start, end, name.bytes, name.start, name.end);
        }
    }

    /** Reads the value that the cursor stands at. */
    void add(JsonCursor in) throws JsonFault {
        switch (in.kind()) {
            case NULL -> in.scalar();
            case BOOLEAN -> {
                in.scalar();
                booleans = true;
            }
            case NUMBER -> {
                in.scalar();
                if (numbers == null) {
                    numbers = new Evidence(Notation.PLAIN.number(), Notation.PLAIN.time(), true);
                }
                numbers.add(in.bytes(), in.start(), in.end());
            }
            case TEXT -> {
                in.text();
                addText(in);
            }
            case ARRAY -> {
                if (elements == null) {
                    elements = new JsonShape(MOST_FIELDS);
                }
                in.enter();
                for (boolean first = true; in.more(first, ']'); first = false) {
                    elements.add(in);
                }
            }
            case OBJECT -> addObject(in);
        }
    }

    private void addText(JsonCursor in) {
        if (texts) {
            return;
        }
        if (time == null) {
            time = Notation.PLAIN.time();
        }
        TimeText.Form form = time.read(in.bytes(), in.start(), in.end());
        if (form == TimeText.Form.NONE || (times != TimeText.Form.NONE && times != form)) {
            texts = true;
        } else {
            times = form;
        }
    }

    private void addObject(JsonCursor in) throws JsonFault {
        objects = true;
        objectCount++;
        in.enter();
        for (boolean first = true; in.more(first, '}'); first = false) {
            in.name();
            keyCount++;
            field(in).add(in);
        }
    }

    private JsonShape field(JsonCursor in) throws JsonFault {
        if (map) {
            return Objects.requireNonNull(values);
        }
        Name name = probe.over(in.bytes(), in.start(), in.end());
        JsonShape known = byName.get(name);
        if (known == null) {
            known = new JsonShape(MOST_FIELDS);
            byName.put(name.copy(), known);
            fields.put(name.text(), known);
            if (mostFields == null && fields.size() > Union.MAX_COLUMNS) {
                throw new JsonFault("and those before it have more than " + Union.MAX_COLUMNS + " different fields");
            }
            if (mostFields != null && fields.size() > mostFields) {
                becomeMap();
                return Objects.requireNonNull(values);
            }
        }
        return known;
    }

    private void becomeMap() {
        map = true;
        JsonShape all = new JsonShape(MOST_FIELDS);
        fields.values().forEach(all::merge);
        values = all;
        fields.clear();
        byName.clear();
    }

    private void merge(JsonShape other) {
        if (other.numbers != null) {
            numbers = numbers == null ? other.numbers : numbers.with(other.numbers);
        }
        booleans |= other.booleans;
        texts |= other.texts
                || (times != TimeText.Form.NONE && other.times != TimeText.Form.NONE && times != other.times);
        times = times == TimeText.Form.NONE ? other.times : times;
        if (other.elements != null) {
            elements = elements == null ? new JsonShape(MOST_FIELDS) : elements;
            elements.merge(other.elements);
        }
        objects |= other.objects;
        objectCount += other.objectCount;
        keyCount += other.keyCount;
        if (other.map && !map) {
            becomeMap();
        }
        for (Map.Entry<String, JsonShape> field : other.fields.entrySet()) {
            JsonShape own = values;
            if (own == null) {
                byte[] name = field.getKey().getBytes(UTF_8);
                own = fields.computeIfAbsent(field.getKey(), key -> new JsonShape(MOST_FIELDS));
                byName.put(new Name().over(name, 0, name.length), own);
            }
            own.merge(field.getValue());
        }
        if (other.values != null && values != null) {
            values.merge(other.values);
        }
    }

    private boolean isMap() {
        return map
                || (mostFields != null
                        && fields.size() > MANY_FIELDS
                        && keyCount * 4 < objectCount * (long) fields.size());
    }

    /** The columns of the records. */
    List<Field> columns() {
        return fieldTypes();
    }

    private List<Field> fieldTypes() {
        List<String> names = HeaderNames.of(List.copyOf(fields.keySet()));
        List<Field> types = new ArrayList<>();
        int i = 0;
        for (JsonShape field : fields.values()) {
            types.add(Field.of(names.get(i++), field.type()));
        }
        return types;
    }

    /** The keys as they are in the files. */
    List<String> keys() {
        return List.copyOf(fields.keySet());
    }

    /** Whether no value said anything of the type: a first one changes it. */
    boolean isNothing() {
        return kinds() == 0;
    }

    private int kinds() {
        boolean dated = times != TimeText.Form.NONE || texts;
        return (numbers == null ? 0 : 1)
                + (booleans ? 1 : 0)
                + (dated ? 1 : 0)
                + (elements == null ? 0 : 1)
                + (objects ? 1 : 0);
    }

    DuckType type() {
        if (kinds() != 1) {
            return new Scalar("VARCHAR");
        }
        if (numbers != null) {
            return new Scalar(numbers.type().text());
        }
        if (booleans) {
            return new Scalar("BOOLEAN");
        }
        if (elements != null) {
            return new ListOf(elements.type(), "[]");
        }
        if (objects) {
            return objectType();
        }
        return texts ? new Scalar("VARCHAR") : timeType();
    }

    private DuckType objectType() {
        if (isMap()) {
            if (!map) {
                becomeMap();
            }
            return new MapOf(
                    new Scalar("VARCHAR"), Objects.requireNonNull(values).type());
        }
        return fields.isEmpty() ? new Scalar("VARCHAR") : new Struct(fieldTypes());
    }

    private Scalar timeType() {
        return new Scalar(
                switch (times) {
                    case NONE -> "VARCHAR";
                    case DATE -> "DATE";
                    case TIME -> "TIME";
                    case TIMESTAMP -> "TIMESTAMP";
                    case TIMESTAMPTZ -> "TIMESTAMP WITH TIME ZONE";
                });
    }

    /** What a table's column of numbers becomes when it must hold these. */
    DuckType widened(Scalar own) {
        ColumnType type = ColumnType.declared(own.text());
        return type == null || numbers == null || kinds() > 1
                ? own
                : new Scalar(numbers.widened(type).text());
    }

    /** Whether all that is known are objects without a field. */
    boolean isEmptyObject() {
        return objects && !map && fields.isEmpty() && kinds() == 1;
    }

    /** The shape of a field, an element or the values of a map, for those who write it; null when there is none. */
    @Nullable
    JsonShape elements() {
        return elements;
    }

    @Nullable
    JsonShape values() {
        return values;
    }

    @Nullable
    JsonShape field(String key) {
        return fields.get(key);
    }
}
