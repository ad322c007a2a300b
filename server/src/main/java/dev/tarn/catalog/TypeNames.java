package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Iceberg's types in Tarn's words and in DuckDB's. */
public final class TypeNames {
    private TypeNames() {}

    /** The type as people see it: {@code BIGINT}, {@code ARRAY<STRING>}, {@code STRUCT<a: INT, "b c": DATE>}. */
    public static String of(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "INT";
            case LONG -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case DECIMAL -> decimal(type);
            case STRING -> "STRING";
            case BINARY, FIXED -> "BINARY";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP, TIMESTAMP_NANO -> zoned(type) ? "TIMESTAMPTZ" : "TIMESTAMP";
            case UUID -> "UUID";
            case LIST -> "ARRAY<%s>".formatted(of(type.asListType().elementType()));
            case MAP ->
                "MAP<%s, %s>"
                        .formatted(
                                of(type.asMapType().keyType()),
                                of(type.asMapType().valueType()));
            case STRUCT ->
                type.asStructType().fields().stream()
                        .map(field -> TableName.quotedWhereNeeded(field.name()) + ": " + of(field.type()))
                        .collect(Collectors.joining(", ", "STRUCT<", ">"));
            case GEOMETRY, GEOGRAPHY, VARIANT, UNKNOWN -> type.toString().toUpperCase(Locale.ROOT);
        };
    }

    /**
     * The type as DuckDB reads it from our data files: {@code VARCHAR}, {@code STRUCT("a b" INTEGER)[]}.
     *
     * @throws TarnException {@code TYPE_ERROR} for a type that DuckDB cannot read
     */
    public static String duckdb(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "INTEGER";
            case LONG -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case DECIMAL -> decimal(type);
            case STRING -> "VARCHAR";
            case BINARY, FIXED -> "BLOB";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP -> zoned(type) ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP";
            case TIMESTAMP_NANO -> zoned(type) ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP_NS";
            case UUID -> "UUID";
            case LIST -> duckdb(type.asListType().elementType()) + "[]";
            case MAP ->
                "MAP(%s, %s)"
                        .formatted(
                                duckdb(type.asMapType().keyType()),
                                duckdb(type.asMapType().valueType()));
            case STRUCT ->
                type.asStructType().fields().stream()
                        .map(field -> TableName.quoted(field.name()) + " " + duckdb(field.type()))
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
            case GEOMETRY, GEOGRAPHY, VARIANT, UNKNOWN ->
                throw new TarnException(
                        ErrorCode.TYPE_ERROR, "Columns of type %s cannot be read yet".formatted(of(type)));
        };
    }

    /**
     * The type that a text means, in Tarn's words or in DuckDB's, in any case.
     *
     * @param fieldIds gives the ids of the parts of nested types, outer before inner, left before right
     * @throws TarnException {@code TYPE_ERROR} for a text that is no type of ours
     */
    public static Type parse(String text, IntSupplier fieldIds) {
        return new TypeText(text, fieldIds).type();
    }

    private static String decimal(Type type) {
        Types.DecimalType decimal = (Types.DecimalType) type;
        return "DECIMAL(%d,%d)".formatted(decimal.precision(), decimal.scale());
    }

    private static boolean zoned(Type type) {
        return type instanceof Types.TimestampType timestamp
                ? timestamp.shouldAdjustToUTC()
                : ((Types.TimestampNanoType) type).shouldAdjustToUTC();
    }
}
