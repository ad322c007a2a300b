package dev.tarn.sql;

import dev.tarn.catalog.Column;

/** A column and what can be asked of its type. */
record ProfiledColumn(int place, String name, String type, Kind kind) {
    enum Kind {
        NUMBER,
        MOMENT,
        TEXT,
        /** Values that only repeat or differ. */
        PLAIN,
        NESTED
    }

    static ProfiledColumn of(int place, Column column) {
        String type = column.type();
        String base = type.contains("(") ? type.substring(0, type.indexOf('(')) : type;
        Kind kind = switch (base) {
            case "INT", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL" -> Kind.NUMBER;
            case "DATE", "TIMESTAMP", "TIMESTAMPTZ" -> Kind.MOMENT;
            case "STRING" -> Kind.TEXT;
            case "BOOLEAN", "TIME", "UUID" -> Kind.PLAIN;
            default -> Kind.NESTED;
        };
        return new ProfiledColumn(place, column.name(), type, kind);
    }

    boolean hasHistogram() {
        return kind == Kind.NUMBER || kind == Kind.MOMENT;
    }

    String quoted() {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The value as a number that is an equal step from its neighbours; null for infinities and NaN. */
    String axis() {
        return switch (kind) {
            case MOMENT -> "CAST(epoch(" + quoted() + ") AS DOUBLE)";
            case NUMBER ->
                type.equals("FLOAT") || type.equals("DOUBLE")
                        ? "CASE WHEN isfinite(" + quoted() + ") THEN CAST(" + quoted() + " AS DOUBLE) END"
                        : "CAST(" + quoted() + " AS DOUBLE)";
            case TEXT, PLAIN, NESTED -> throw new IllegalStateException(name + " has no axis");
        };
    }
}
