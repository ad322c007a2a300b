package dev.tarn.cli.output;

import java.util.Locale;
import java.util.Set;

/** A result's column: name and SQL type. */
public record Column(String name, String type) {
    private static final Set<String> NUMERIC =
            Set.of("TINYINT", "SMALLINT", "INT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL");

    boolean numeric() {
        String upper = type.toUpperCase(Locale.ROOT);
        int bracket = upper.indexOf('(');
        return NUMERIC.contains(bracket < 0 ? upper : upper.substring(0, bracket));
    }
}
