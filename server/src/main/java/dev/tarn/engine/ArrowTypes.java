package dev.tarn.engine;

import java.util.stream.Collectors;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Tarn's names of the types that a worker's results have. */
final class ArrowTypes {
    private ArrowTypes() {}

    static String name(Field field) {
        if ("UUID".equals(field.getMetadata().get("tarn.type"))) {
            return "UUID";
        }
        return switch (field.getType()) {
            case ArrowType.Bool _ -> "BOOLEAN";
            case ArrowType.Int type -> integer(type);
            case ArrowType.FloatingPoint type ->
                type.getPrecision() == FloatingPointPrecision.SINGLE ? "FLOAT" : "DOUBLE";
            case ArrowType.Decimal type -> "DECIMAL(%d,%d)".formatted(type.getPrecision(), type.getScale());
            case ArrowType.Date _ -> "DATE";
            case ArrowType.Time _ -> "TIME";
            case ArrowType.Timestamp type -> type.getTimezone() == null ? "TIMESTAMP" : "TIMESTAMPTZ";
            case ArrowType.Binary _, ArrowType.LargeBinary _, ArrowType.FixedSizeBinary _, ArrowType.BinaryView _ ->
                "BINARY";
            case ArrowType.List _, ArrowType.LargeList _, ArrowType.FixedSizeList _ ->
                "ARRAY<%s>".formatted(name(field.getChildren().get(0)));
            case ArrowType.Map _ -> {
                Field entry = field.getChildren().get(0);
                yield "MAP<%s,%s>"
                        .formatted(
                                name(entry.getChildren().get(0)),
                                name(entry.getChildren().get(1)));
            }
            case ArrowType.Struct _ ->
                field.getChildren().stream()
                        .map(child -> child.getName() + ": " + name(child))
                        .collect(Collectors.joining(", ", "STRUCT<", ">"));
            default -> "STRING";
        };
    }

    private static String integer(ArrowType.Int type) {
        if (type.getIsSigned()) {
            return type.getBitWidth() <= 32 ? "INT" : "BIGINT";
        }
        return type.getBitWidth() <= 16 ? "INT" : type.getBitWidth() == 32 ? "BIGINT" : "DECIMAL(20,0)";
    }
}
