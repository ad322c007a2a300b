package dev.tarn.worker.duckdb;

/** The type of a table's column for values of a type that every Arrow reader knows; nothing is lost. */
public final class IcebergType {
    private IcebergType() {}

    public static DuckType of(DuckType type) {
        DuckType wide = type.scalars(IcebergType::scalar);
        return withoutLengths(wide);
    }

    private static String scalar(String scalar) {
        return switch (scalar) {
            case "TINYINT", "SMALLINT", "UTINYINT", "USMALLINT" -> "INTEGER";
            case "UINTEGER" -> "BIGINT";
            case "UBIGINT" -> "DECIMAL(20,0)";
            case "HUGEINT", "UHUGEINT" -> "DECIMAL(38,0)";
            case "JSON" -> "VARCHAR";
            default -> scalar;
        };
    }

    private static DuckType withoutLengths(DuckType type) {
        return switch (type) {
            case DuckType.Scalar scalar -> scalar;
            case DuckType.Struct struct ->
                new DuckType.Struct(struct.fields().stream()
                        .map(field -> new DuckType.Field(field.written(), withoutLengths(field.type())))
                        .toList());
            case DuckType.ListOf list -> new DuckType.ListOf(withoutLengths(list.element()), "[]");
            case DuckType.MapOf map -> new DuckType.MapOf(withoutLengths(map.key()), withoutLengths(map.value()));
        };
    }
}
