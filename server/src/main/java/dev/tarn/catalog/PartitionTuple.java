package dev.tarn.catalog;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** The partition of a data file, from the texts in which its writer told it; see {@link WrittenFile}. */
final class PartitionTuple {
    private PartitionTuple() {}

    static PartitionData of(PartitionSpec spec, List<@Nullable String> told) {
        List<NestedField> fields = spec.partitionType().fields();
        List<Boolean> partitions =
                spec.fields().stream().map(field -> !field.transform().isVoid()).toList();
        // Tables of format 1 keep fields that partition nothing any more; a writer may not know of them.
        boolean withoutVoid = fields.size() != told.size();
        if (withoutVoid && partitions.stream().filter(real -> real).count() != told.size()) {
            throw new IllegalStateException("A data file was told with %d partition values, and the table has %d"
                    .formatted(told.size(), fields.size()));
        }
        PartitionData tuple = new PartitionData(spec.partitionType());
        int next = 0;
        for (int i = 0; i < fields.size(); i++) {
            String text = withoutVoid && !partitions.get(i) ? null : told.get(next++);
            tuple.set(i, text == null ? null : value(fields.get(i).type(), text));
        }
        return tuple;
    }

    /** The texts of a partition, of all fields. */
    static List<@Nullable String> told(PartitionSpec spec, StructLike partition) {
        List<@Nullable String> told = new ArrayList<>();
        List<NestedField> fields = spec.partitionType().fields();
        for (int i = 0; i < fields.size(); i++) {
            Object value = partition.get(i, Object.class);
            told.add(
                    switch (value) {
                        case null -> null;
                        case BigDecimal decimal -> decimal.unscaledValue().toString();
                        case ByteBuffer bytes -> hex(bytes);
                        case byte[] bytes -> HexFormat.of().formatHex(bytes);
                        default -> value.toString();
                    });
        }
        return told;
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }

    private static Object value(Type type, String text) {
        return switch (type.typeId()) {
            case BOOLEAN -> Boolean.valueOf(text);
            case INTEGER, DATE -> Integer.valueOf(text);
            case LONG, TIME, TIMESTAMP, TIMESTAMP_NANO -> Long.valueOf(text);
            case FLOAT -> Float.valueOf(number(text));
            case DOUBLE -> Double.valueOf(number(text));
            case STRING -> text;
            case UUID -> UUID.fromString(text);
            case DECIMAL -> new BigDecimal(new BigInteger(text), ((Types.DecimalType) type).scale());
            case BINARY, FIXED -> ByteBuffer.wrap(HexFormat.of().parseHex(text));
            case STRUCT, LIST, MAP, GEOMETRY, GEOGRAPHY, VARIANT, UNKNOWN ->
                throw new IllegalArgumentException("There are no partitions of type " + type);
        };
    }

    private static String number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "-nan" -> "NaN";
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            default -> text;
        };
    }
}
