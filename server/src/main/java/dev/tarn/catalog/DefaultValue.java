package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * A constant as somebody wrote it, which a column has where nothing else is said.
 *
 * @param text a number, a word, or what stands between quotes
 * @param quoted whether it stands between quotes
 */
public record DefaultValue(String text, boolean quoted) {

    /**
     * The value in a column of this type.
     *
     * @throws TarnException {@code TYPE_ERROR} when it is none of the type's, exactly
     */
    public Literal<?> of(Type type) {
        try {
            Literal<?> literal = literal(type);
            if (literal != null) {
                return literal;
            }
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            throw unfit(type, e);
        }
        throw unfit(type, null);
    }

    private @Nullable Literal<?> literal(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN ->
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> Literal.of(true);
                    case "false" -> Literal.of(false);
                    default -> null;
                };
            case INTEGER -> Literal.of(new BigDecimal(text).intValueExact());
            case LONG -> Literal.of(new BigDecimal(text).longValueExact());
            case FLOAT -> Literal.of(new BigDecimal(text).floatValue());
            case DOUBLE -> Literal.of(new BigDecimal(text).doubleValue());
            case DECIMAL -> decimal((Types.DecimalType) type);
            case STRING -> quoted ? Literal.of(text) : null;
            case DATE -> quoted ? Literal.of(text).to(type) : null;
            case TIME -> quoted ? Literal.of(text).to(type) : null;
            case TIMESTAMP ->
                quoted
                        ? Literal.of(moment(((Types.TimestampType) type).shouldAdjustToUTC()))
                                .to(type)
                        : null;
            case UUID -> quoted ? Literal.of(UUID.fromString(text)) : null;
            case BINARY -> quoted ? Literal.of(ByteBuffer.wrap(HexFormat.of().parseHex(text))) : null;
            default -> null;
        };
    }

    private @Nullable Literal<?> decimal(Types.DecimalType type) {
        BigDecimal value = new BigDecimal(text).setScale(type.scale());
        return value.precision() > type.precision() ? null : Literal.of(value);
    }

    /** Iceberg reads ISO 8601 alone, and of a zoned moment the offset. */
    private String moment(boolean zoned) {
        String moment = text.trim().replace(' ', 'T');
        if (moment.length() == 10) {
            moment += "T00:00:00";
        }
        boolean hasOffset = moment.endsWith("Z") || moment.matches(".*[+-][0-9]{2}(:[0-9]{2})?");
        if (zoned && hasOffset) {
            return moment.matches(".*[+-][0-9]{2}") ? moment + ":00" : moment;
        }
        return zoned ? moment + "+00:00" : moment;
    }

    /** A value of Iceberg's as the constant that means it. */
    static String text(Type type, Object value) {
        return switch (type.typeId()) {
            case BOOLEAN, INTEGER, LONG -> value.toString().toUpperCase(Locale.ROOT);
            case FLOAT, DOUBLE -> new BigDecimal(value.toString()).toPlainString();
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case DATE -> "DATE '" + LocalDate.ofEpochDay((Integer) value) + "'";
            case TIME -> "TIME '" + LocalTime.ofNanoOfDay((Long) value * 1_000) + "'";
            case TIMESTAMP -> {
                String moment = Instant.EPOCH
                        .plus((Long) value, ChronoUnit.MICROS)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDateTime()
                        .toString();
                yield ((Types.TimestampType) type).shouldAdjustToUTC()
                        ? "TIMESTAMPTZ '" + moment + "+00:00'"
                        : "TIMESTAMP '" + moment + "'";
            }
            case UUID -> "UUID '" + value + "'";
            case BINARY, FIXED -> {
                byte[] bytes = new byte[((ByteBuffer) value).remaining()];
                ((ByteBuffer) value).duplicate().get(bytes);
                yield "X'" + HexFormat.of().formatHex(bytes) + "'";
            }
            case STRING -> "'" + value.toString().replace("'", "''") + "'";
            case TIMESTAMP_NANO, STRUCT, LIST, MAP, GEOMETRY, GEOGRAPHY, VARIANT, UNKNOWN -> "NULL";
        };
    }

    private TarnException unfit(Type type, @Nullable Exception cause) {
        String message = "%s cannot be the default, or the partition, of a column of type %s"
                .formatted(quoted ? "'" + shown() + "'" : shown(), TypeNames.of(type));
        return cause == null
                ? new TarnException(ErrorCode.TYPE_ERROR, message)
                : new TarnException(ErrorCode.TYPE_ERROR, message, cause);
    }

    private String shown() {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
