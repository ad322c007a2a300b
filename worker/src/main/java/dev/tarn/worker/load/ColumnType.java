package dev.tarn.worker.load;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A type that a column of a CSV file can have; {@link #text} is DuckDB's. */
record ColumnType(Base base, int precision, int scale) {
    enum Base {
        /** No cell had a value: loads as text, and refuses the first value. */
        NOTHING("VARCHAR"),
        STRING("VARCHAR"),
        BOOLEAN("BOOLEAN"),
        INTEGER("INTEGER"),
        BIGINT("BIGINT"),
        DECIMAL("DECIMAL"),
        FLOAT("FLOAT"),
        DOUBLE("DOUBLE"),
        DATE("DATE"),
        TIME("TIME"),
        TIMESTAMP("TIMESTAMP"),
        TIMESTAMPTZ("TIMESTAMP WITH TIME ZONE"),
        UUID("UUID");

        private final String text;

        Base(String text) {
            this.text = text;
        }
    }

    static final int MAX_PRECISION = 38;
    static final int SMALL_PRECISION = 18;

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\s*\\(\\s*(\\d+)\\s*,\\s*(\\d+)\\s*\\)");

    static ColumnType of(Base base) {
        return new ColumnType(base, 0, 0);
    }

    static ColumnType decimal(int precision, int scale) {
        return new ColumnType(Base.DECIMAL, precision, scale);
    }

    /** A column's declared type; null when CSV cannot carry values of it. */
    static @Nullable ColumnType declared(String type) {
        String text = type.strip().toUpperCase(Locale.ROOT);
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            return decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        for (Base base : Base.values()) {
            if (base != Base.NOTHING && base != Base.DECIMAL && base.text.equals(text)) {
                return of(base);
            }
        }
        return switch (text) {
            case "STRING", "TEXT" -> of(Base.STRING);
            case "INT" -> of(Base.INTEGER);
            case "REAL" -> of(Base.FLOAT);
            case "TIMESTAMPTZ" -> of(Base.TIMESTAMPTZ);
            default -> null;
        };
    }

    String text() {
        return base == Base.DECIMAL ? "DECIMAL(" + precision + "," + scale + ")" : base.text;
    }
}
