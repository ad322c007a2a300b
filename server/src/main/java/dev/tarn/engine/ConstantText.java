package dev.tarn.engine;

import dev.tarn.catalog.TypeNames;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** A value as Iceberg holds it, as SQL of the engine. */
final class ConstantText {
    private ConstantText() {}

    static String of(Type type, @Nullable Object value) {
        return value == null ? "NULL" : "CAST(" + literal(type, value) + " AS " + TypeNames.duckdb(type) + ")";
    }

    private static String literal(Type type, Object value) {
        return switch (type.typeId()) {
            case DATE -> quoted(LocalDate.ofEpochDay((Integer) value).toString());
            case TIME -> quoted(LocalTime.ofNanoOfDay((Long) value * 1_000).toString());
            case TIMESTAMP ->
                moment(
                        Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS),
                        ((Types.TimestampType) type).shouldAdjustToUTC());
            case TIMESTAMP_NANO ->
                moment(
                        Instant.EPOCH.plus((Long) value, ChronoUnit.NANOS),
                        ((Types.TimestampNanoType) type).shouldAdjustToUTC());
            case DECIMAL -> quoted(((BigDecimal) value).toPlainString());
            case BINARY, FIXED -> "from_hex(" + quoted(hex(value)) + ")";
            case BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, STRING, UUID -> quoted(value.toString());
            case STRUCT, LIST, MAP, GEOMETRY, GEOGRAPHY, VARIANT, UNKNOWN ->
                throw new IllegalArgumentException("There are no constants of type " + type);
        };
    }

    private static String moment(Instant at, boolean zoned) {
        return quoted(at.atOffset(ZoneOffset.UTC).toLocalDateTime() + (zoned ? "+00" : ""));
    }

    private static String hex(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
