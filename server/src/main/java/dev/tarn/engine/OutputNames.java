package dev.tarn.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;

/** The names of a result's columns: Spark's where DuckDB's differ, and unique, since rows may be JSON objects. */
final class OutputNames {
    private OutputNames() {}

    static List<ResultColumn> columns(List<Field> fields) {
        Set<String> taken = new HashSet<>();
        List<ResultColumn> columns = new ArrayList<>();
        for (Field field : fields) {
            String name = field.getName().replace("count_star()", "count(1)");
            String unique = name;
            for (int n = 1; !taken.add(unique); n++) {
                unique = name + "_" + n;
            }
            columns.add(new ResultColumn(unique, ArrowTypes.name(field)));
        }
        return columns;
    }
}
