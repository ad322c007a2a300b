package dev.tarn.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Field;

/** The names of a result's columns: Spark's where DuckDB's differ, and unique, since rows may be JSON objects. */
final class OutputNames {
    private static final Pattern QUOTED_FUNCTION = Pattern.compile("\"([a-z_][a-z0-9_]*)\"\\(");

    private OutputNames() {}

    static List<ResultColumn> columns(List<Field> fields) {
        Set<String> taken = new HashSet<>();
        List<ResultColumn> columns = new ArrayList<>();
        for (Field field : fields) {
            String name = spark(field.getName());
            String unique = name;
            for (int n = 1; !taken.add(unique); n++) {
                unique = name + "_" + n;
            }
            columns.add(new ResultColumn(unique, ArrowTypes.name(field)));
        }
        return columns;
    }

    /** DuckDB quotes functions whose names are words of its grammar, as in {@code "mode"(a)}, and has its own name for count. */
    private static String spark(String name) {
        return QUOTED_FUNCTION.matcher(name).replaceAll("$1(").replace("count_star()", "count(1)");
    }
}
