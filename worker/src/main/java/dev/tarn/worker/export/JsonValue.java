package dev.tarn.worker.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/** Writes values of one vector as JSON, exactly as the server's answers show them. */
@FunctionalInterface
interface JsonValue {
    void write(int row) throws IOException;

    static JsonValue of(FieldVector vector, ByteTarget out) {
        JsonValue value = notNull(vector, out, new Digits(out));
        byte[] nothing = "null".getBytes(UTF_8);
        return row -> {
            if (vector.isNull(row)) {
                out.put(nothing);
            } else {
                value.write(row);
            }
        };
    }

    private static JsonValue notNull(FieldVector vector, ByteTarget out, Digits digits) {
        return switch (vector) {
            case BitVector bits -> row -> out.put(bits.get(row) != 0 ? "true" : "false");
            case Float4Vector numbers -> row -> number(out, numbers.get(row), Float.toString(numbers.get(row)));
            case Float8Vector numbers -> row -> number(out, numbers.get(row), Double.toString(numbers.get(row)));
            case DecimalVector numbers -> {
                Decimals decimals = new Decimals(numbers);
                yield row -> decimals.write(out, digits, row);
            }
            case VarCharVector column -> texts(new Texts(column), out);
            case VarBinaryVector bytes -> row -> quoted(out, () -> base64(out, bytes.get(row)));
            case DateDayVector dates -> row -> quoted(out, () -> digits.date(dates.get(row)));
            case TimeMicroVector times -> row -> quoted(out, () -> digits.time(times.get(row)));
            case TimeStampMicroVector times -> row -> quoted(out, () -> digits.timestamp(times.get(row), false));
            case TimeStampMicroTZVector times -> row -> quoted(out, () -> digits.timestamp(times.get(row), true));
            case MapVector map -> map(map, out);
            case ListVector list -> {
                JsonValue element = of(list.getDataVector(), out);
                yield row -> list(out, element, list.getElementStartIndex(row), list.getElementEndIndex(row));
            }
            case FixedSizeListVector list -> {
                JsonValue element = of(list.getDataVector(), out);
                yield row -> list(out, element, row * list.getListSize(), (row + 1) * list.getListSize());
            }
            case StructVector struct -> struct(struct, out);
            default -> integerOrText(vector, out, digits);
        };
    }

    private static JsonValue texts(Texts texts, ByteTarget out) {
        Texts.Piece escape = (utf8, length) -> JsonText.escape(out, utf8, length);
        return row -> {
            out.put('"');
            texts.read(row, escape);
            out.put('"');
        };
    }

    private static JsonValue integerOrText(FieldVector vector, ByteTarget out, Digits digits) {
        return switch (vector) {
            case NullVector _ -> row -> out.put("null");
            case TinyIntVector numbers -> row -> digits.integer(numbers.get(row));
            case SmallIntVector numbers -> row -> digits.integer(numbers.get(row));
            case IntVector numbers -> row -> digits.integer(numbers.get(row));
            case BigIntVector numbers -> row -> digits.integer(numbers.get(row));
            case UInt1Vector numbers -> row -> digits.integer(numbers.get(row) & 0xFF);
            case UInt2Vector numbers -> row -> digits.integer(numbers.get(row));
            case UInt4Vector numbers -> row -> digits.integer(numbers.get(row) & 0xFFFF_FFFFL);
            case UInt8Vector numbers -> row -> out.put(Long.toUnsignedString(numbers.get(row)));
            default ->
                row -> JsonText.write(out, String.valueOf(vector.getObject(row)).getBytes(UTF_8));
        };
    }

    /** Writes something. */
    interface Part {
        void write() throws IOException;
    }

    private static void quoted(ByteTarget out, Part part) throws IOException {
        out.put('"');
        part.write();
        out.put('"');
    }

    private static void base64(ByteTarget out, byte[] bytes) throws IOException {
        out.put(Base64.getEncoder().encode(bytes));
    }

    private static void number(ByteTarget out, double value, String text) throws IOException {
        if (Double.isFinite(value)) {
            out.put(text);
        } else {
            quoted(out, () -> out.put(text));
        }
    }

    private static void list(ByteTarget out, JsonValue element, int start, int end) throws IOException {
        out.put('[');
        for (int i = start; i < end; i++) {
            if (i > start) {
                out.put(',');
            }
            element.write(i);
        }
        out.put(']');
    }

    private static JsonValue struct(StructVector struct, ByteTarget out) {
        List<FieldVector> children = struct.getChildrenFromFields();
        List<JsonValue> values = children.stream().map(child -> of(child, out)).toList();
        List<byte[]> names =
                children.stream().map(child -> JsonText.quoted(child.getName())).toList();
        return row -> {
            for (int i = 0; i < values.size(); i++) {
                out.put(i == 0 ? '{' : ',');
                out.put(names.get(i));
                out.put(':');
                values.get(i).write(row);
            }
            out.put(values.isEmpty() ? "{}" : "}");
        };
    }

    /** A map with text keys is an object; any other is a list of pairs. */
    private static JsonValue map(MapVector map, ByteTarget out) {
        StructVector entries = (StructVector) map.getDataVector();
        FieldVector keys = entries.getChildrenFromFields().get(0);
        JsonValue key = of(keys, out);
        JsonValue value = of(entries.getChildrenFromFields().get(1), out);
        boolean object = keys instanceof VarCharVector;
        return row -> {
            int start = map.getElementStartIndex(row);
            out.put(object ? '{' : '[');
            for (int i = start; i < map.getElementEndIndex(row); i++) {
                out.put(i > start ? "," : "");
                out.put(object ? "" : "[");
                key.write(i);
                out.put(object ? ':' : ',');
                value.write(i);
                out.put(object ? "" : "]");
            }
            out.put(object ? '}' : ']');
        };
    }
}
