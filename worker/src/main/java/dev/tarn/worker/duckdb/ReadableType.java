package dev.tarn.worker.duckdb;

/**
 * Turns DuckDB's type of a result into one that others understand and that loses nothing a person would see. A type that is fine
 * comes back as it was.
 */
public final class ReadableType {
    private ReadableType() {}

    /**
     * For every Arrow reader: what Arrow would carry as opaque bytes or would cut (BIT, TIMETZ, INTERVAL, enums, unions, ...)
     * becomes text, odd timestamps become microseconds, integers beyond 128 bits signed become DECIMAL(38,0).
     */
    public static DuckType inArrow(DuckType type) {
        return type.scalars(ReadableType::arrow);
    }

    /** For a Parquet file that is somebody else's: DuckDB would write a HUGEINT as DOUBLE. */
    public static DuckType inParquet(DuckType type) {
        return type.scalars(scalar -> scalar.equals("HUGEINT") ? "DECIMAL(38,0)" : arrow(scalar));
    }

    private static String arrow(String scalar) {
        int end = scalar.indexOf('(');
        String word = end < 0 ? scalar : scalar.substring(0, end);
        return switch (word) {
            case "TIME WITH TIME ZONE",
                    "STRUCT",
                    "UNION",
                    "ENUM",
                    "INTERVAL",
                    "BIT",
                    "BIGNUM",
                    "VARINT",
                    "VARIANT",
                    "GEOMETRY",
                    "NULL",
                    "\"NULL\"" -> "VARCHAR";
            case "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> "TIMESTAMP";
            case "TIMESTAMPTZ_NS", "TIMESTAMP_NS WITH TIME ZONE" -> "TIMESTAMP WITH TIME ZONE";
            case "TIME_NS" -> "TIME";
            case "UHUGEINT" -> "DECIMAL(38,0)";
            default -> scalar;
        };
    }
}
