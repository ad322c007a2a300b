package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.DuckType;
import dev.tarn.worker.duckdb.ReadableType;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of a result's columns and DuckDB's text of their types. */
record ResultColumns(List<String> names, List<String> types) {
    private static final Pattern QUOTED_FUNCTION = Pattern.compile("\"([a-z_][a-z0-9_]*)\"\\(");

    static ResultColumns of(ResultSetMetaData columns) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnName(i));
            types.add(columns.getColumnTypeName(i));
        }
        return new ResultColumns(names, types);
    }

    /** False while the types depend on values of parameters: then the engine shows one column without a type. */
    boolean areKnown() {
        return !types.contains("UNKNOWN");
    }

    boolean areReadable() {
        return types.equals(readable());
    }

    List<String> readable() {
        return types.stream()
                .map(type -> ReadableType.inArrow(DuckType.of(type)).text())
                .toList();
    }

    /**
     * The names that a person sees, each once, as the server's answers have them.
     *
     * @param caseMatters whether {@code a} and {@code A} are two names
     */
    List<String> shownNames(boolean caseMatters) {
        Set<String> taken = new HashSet<>();
        List<String> shown = new ArrayList<>();
        for (String column : names) {
            String name = QUOTED_FUNCTION.matcher(column).replaceAll("$1(").replace("count_star()", "count(1)");
            String unique = name;
            for (int n = 1; !taken.add(caseMatters ? unique : unique.toLowerCase(Locale.ROOT)); n++) {
                unique = name + "_" + n;
            }
            shown.add(unique);
        }
        return shown;
    }
}
