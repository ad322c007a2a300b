package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.DuckType;
import dev.tarn.worker.duckdb.DuckType.Scalar;
import dev.tarn.worker.duckdb.Sql;
import org.jspecify.annotations.Nullable;

/**
 * A column that the engine itself reads from the files and writes.
 *
 * @param source what the engine calls it there; null: the files do not have it, its values are NULL
 * @param from the type of its values in the files
 * @param to the type that is written
 */
record EngineColumn(int fieldId, String name, @Nullable String source, DuckType from, DuckType to, boolean required) {

    /** The value as it is written, given that it fits. */
    String value() {
        if (source == null) {
            return "CAST(NULL AS " + to.text() + ")";
        }
        if (from.equals(to)) {
            return Sql.name(source);
        }
        boolean json = from.isNested() && to.text().equals("VARCHAR");
        return "CAST(" + (json ? "to_json(" + Sql.name(source) + ")" : Sql.name(source)) + " AS " + to.text() + ")";
    }

    /** The value as text, cut to what can be shown. */
    String shown() {
        String value = Sql.name(source == null ? name : source);
        String text = from.isNested() ? "CAST(to_json(" + value + ") AS VARCHAR)" : "CAST(" + value + " AS VARCHAR)";
        return source == null ? "NULL" : "left(" + text + ", " + Faults.SHOWN_CHARS + ")";
    }

    /** True where the value does not fit, as SQL; null when every value does. */
    @Nullable
    String fault() {
        String value = source == null ? "NULL" : Sql.name(source);
        String missing = required ? value + " IS NULL" : null;
        String misfit = misfit(value);
        return misfit == null ? missing : missing == null ? misfit : "(" + missing + " OR " + misfit + ")";
    }

    private @Nullable String misfit(String value) {
        if (source == null
                || !(from instanceof Scalar own)
                || !(to instanceof Scalar wanted)
                || Fitting.isLossless(own.text(), wanted.text())
                || EngineColumns.storable(from).equals(to)) {
            return null;
        }
        String cast = "TRY_CAST(" + value + " AS " + wanted.text() + ")";
        boolean rounds = own.text().equals("DOUBLE") && wanted.text().equals("FLOAT");
        if (own.text().equals("VARCHAR") || rounds) {
            String pattern = pattern(wanted.text());
            return "(" + value + " IS NOT NULL AND (" + cast + " IS NULL"
                    + (pattern == null ? "" : " OR NOT regexp_full_match(" + value + ", " + Sql.text(pattern) + ")")
                    + "))";
        }
        return "(TRY_CAST(" + cast + " AS " + own.text() + ") IS DISTINCT FROM " + value + ")";
    }

    /** What a text must look like, where a cast would round it. */
    private static @Nullable String pattern(String type) {
        return switch (type) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> "[+-]?[0-9]+";
            default -> type.startsWith("DECIMAL") ? "[+-]?[0-9]*\\.?[0-9]{0," + Fitting.digits(type)[1] + "}0*" : null;
        };
    }
}
