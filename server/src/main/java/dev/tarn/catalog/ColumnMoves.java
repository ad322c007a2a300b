package dev.tarn.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

/** What becomes of a table's columns in one commit; they are known by their ids. */
record ColumnMoves(Map<String, String> stayed) {
    ColumnMoves {
        stayed = Map.copyOf(stayed);
    }

    /** The columns that stay, by the names that they had. */
    static ColumnMoves between(Schema before, Schema after) {
        Map<Integer, String> now =
                after.columns().stream().collect(Collectors.toMap(NestedField::fieldId, NestedField::name));
        Map<String, String> stayed = new TreeMap<>();
        for (NestedField column : before.columns()) {
            String name = now.get(column.fieldId());
            if (name != null) {
                stayed.put(column.name(), name);
            }
        }
        return new ColumnMoves(stayed);
    }

    /** Whether every column is called as it was, and there are no others. */
    static boolean areNone(Schema before, Schema after) {
        return before.schemaId() == after.schemaId() || names(before).equals(names(after));
    }

    private static Map<Integer, String> names(Schema schema) {
        return schema.columns().stream().collect(Collectors.toMap(NestedField::fieldId, NestedField::name));
    }

    /**
     * A list of names after the commit: those that were columns under the names that they have now, and no others. So a name that was
     * no column's means none that takes it later.
     */
    List<String> followed(List<String> names) {
        Set<String> followed = new LinkedHashSet<>();
        names.forEach(name -> stayed.forEach((before, now) -> {
            if (before.equalsIgnoreCase(name)) {
                followed.add(now);
            }
        }));
        return List.copyOf(followed);
    }
}
