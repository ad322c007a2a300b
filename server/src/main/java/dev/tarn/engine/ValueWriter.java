package dev.tarn.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
import tools.jackson.core.JsonGenerator;

/** Writes the values of one vector as JSON: every digit, ISO 8601, base64; see {@code docs/sql.md}. */
@FunctionalInterface
interface ValueWriter {
    void write(JsonGenerator json, int row);

    /** A writer for the vector; it follows the vector through its batches. */
    static ValueWriter of(FieldVector vector) {
        ValueWriter value = notNull(vector);
        return (json, row) -> {
            if (vector.isNull(row)) {
                json.writeNull();
            } else {
                value.write(json, row);
            }
        };
    }

    private static ValueWriter notNull(FieldVector vector) {
        return switch (vector) {
            case NullVector _ -> (json, row) -> json.writeNull();
            case BitVector bits -> (json, row) -> json.writeBoolean(bits.get(row) != 0);
            case TinyIntVector numbers -> (json, row) -> json.writeNumber(numbers.get(row));
            case SmallIntVector numbers -> (json, row) -> json.writeNumber(numbers.get(row));
            case IntVector numbers -> (json, row) -> json.writeNumber(numbers.get(row));
            case BigIntVector numbers -> (json, row) -> json.writeNumber(numbers.get(row));
            case UInt1Vector numbers -> (json, row) -> json.writeNumber(numbers.get(row) & 0xFF);
            case UInt2Vector numbers -> (json, row) -> json.writeNumber((int) numbers.get(row));
            case UInt4Vector numbers -> (json, row) -> json.writeNumber(numbers.get(row) & 0xFFFF_FFFFL);
            case UInt8Vector numbers -> (json, row) -> json.writeNumber(Long.toUnsignedString(numbers.get(row)));
            case Float4Vector numbers -> (json, row) -> writeFloat(json, numbers.get(row));
            case Float8Vector numbers -> (json, row) -> writeDouble(json, numbers.get(row));
            case DecimalVector numbers ->
                (json, row) -> json.writeNumber(numbers.getObjectNotNull(row).toPlainString());
            case VarCharVector texts ->
                (json, row) -> {
                    byte[] utf8 = texts.get(row);
                    json.writeUTF8String(utf8, 0, utf8.length);
                };
            case VarBinaryVector bytes ->
                (json, row) -> json.writeString(Base64.getEncoder().encodeToString(bytes.get(row)));
            case DateDayVector dates -> (json, row) -> json.writeString(Instants.date(dates.get(row)));
            case TimeMicroVector times -> (json, row) -> json.writeString(Instants.time(times.get(row)));
            case TimeStampMicroVector times -> (json, row) -> json.writeString(Instants.timestamp(times.get(row)));
            case TimeStampMicroTZVector times -> (json, row) -> json.writeString(Instants.zoned(times.get(row)));
            case MapVector map -> map(map);
            case ListVector list -> list(list);
            case FixedSizeListVector list -> list(list);
            case StructVector struct -> struct(struct);
            default -> (json, row) -> json.writeString(String.valueOf(vector.getObject(row)));
        };
    }

    private static void writeFloat(JsonGenerator json, float value) {
        if (Float.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Float.toString(value));
        }
    }

    private static void writeDouble(JsonGenerator json, double value) {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    private static ValueWriter list(FixedSizeListVector list) {
        ValueWriter element = of(list.getDataVector());
        return (json, row) -> {
            json.writeStartArray();
            for (int i = row * list.getListSize(); i < (row + 1) * list.getListSize(); i++) {
                element.write(json, i);
            }
            json.writeEndArray();
        };
    }

    private static ValueWriter list(ListVector list) {
        ValueWriter element = of(list.getDataVector());
        return (json, row) -> {
            json.writeStartArray();
            for (int i = list.getElementStartIndex(row); i < list.getElementEndIndex(row); i++) {
                element.write(json, i);
            }
            json.writeEndArray();
        };
    }

    private static ValueWriter struct(StructVector struct) {
        List<FieldVector> children = struct.getChildrenFromFields();
        List<ValueWriter> writers = children.stream().map(ValueWriter::of).toList();
        return (json, row) -> {
            json.writeStartObject();
            for (int i = 0; i < writers.size(); i++) {
                json.writeName(children.get(i).getName());
                writers.get(i).write(json, row);
            }
            json.writeEndObject();
        };
    }

    /** A map with text keys is an object; any other is a list of pairs. */
    private static ValueWriter map(MapVector map) {
        StructVector entries = (StructVector) map.getDataVector();
        FieldVector keys = entries.getChildrenFromFields().get(0);
        ValueWriter key = of(keys);
        ValueWriter value = of(entries.getChildrenFromFields().get(1));
        if (keys instanceof VarCharVector texts) {
            return (json, row) -> {
                json.writeStartObject();
                for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
                    json.writeName(new String(texts.get(i), java.nio.charset.StandardCharsets.UTF_8));
                    value.write(json, i);
                }
                json.writeEndObject();
            };
        }
        return (json, row) -> {
            json.writeStartArray();
            for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
                json.writeStartArray();
                key.write(json, i);
                value.write(json, i);
                json.writeEndArray();
            }
            json.writeEndArray();
        };
    }

    /** Dates and times as text; DuckDB's infinities are the ends of the range. */
    final class Instants {
        private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_LOCAL_TIME;
        private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ISO_LOCAL_DATE_TIME;
        private static final long DAY_MICROS = 86_400_000_000L;

        private Instants() {}

        static String date(int days) {
            if (days == Integer.MAX_VALUE || days == -Integer.MAX_VALUE) {
                return days > 0 ? "infinity" : "-infinity";
            }
            return LocalDate.ofEpochDay(days).toString();
        }

        static String time(long micros) {
            return micros == DAY_MICROS ? "24:00:00" : TIME.format(LocalTime.ofNanoOfDay(micros * 1_000));
        }

        static String timestamp(long micros) {
            if (micros == Long.MAX_VALUE || micros == -Long.MAX_VALUE) {
                return micros > 0 ? "infinity" : "-infinity";
            }
            Instant instant = Instant.ofEpochSecond(
                    Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
            return TIMESTAMP.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        }

        static String zoned(long micros) {
            String text = timestamp(micros);
            return text.endsWith("infinity") ? text : text + "Z";
        }
    }
}
