package dev.tarn.engine;

import dev.tarn.access.TableRights;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TypeNames;
import dev.tarn.engine.RowClauses.Assignment;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The columns of a table that a statement gives values, and fields of them, numbered. Who may not see a column does not know it; who
 * sees it in some rows alone may not change it, since nobody could say what that means in the others.
 */
final class AssignedColumns {
    private final ReadableTable table;
    private final String alias;
    private final Map<List<String>, Type> types = new LinkedHashMap<>();

    AssignedColumns(ReadableTable table, String alias) {
        this.table = table;
        this.alias = alias;
    }

    /** The types of all values so far, as the engine writes them. */
    List<String> types() {
        return types.values().stream().map(TypeNames::duckdb).toList();
    }

    /** The number of a value. */
    int number(List<String> path) {
        return List.copyOf(types.keySet()).indexOf(path);
    }

    /** The columns that the caller is told of. */
    List<NestedField> told() {
        return table.schema().columns().stream()
                .filter(column -> table.rights().has(column.name()))
                .toList();
    }

    /** A column of the table, exactly as it is called. */
    List<String> use(NestedField column) {
        requireSeen(column);
        types.put(List.of(column.name()), column.type());
        return List.of(column.name());
    }

    /** What an assignment names. */
    List<String> use(Assignment assignment) {
        List<String> written = withoutAlias(assignment.path());
        NestedField column = find(told(), written.getFirst()).orElseThrow(() -> unknown(written));
        requireSeen(column);
        List<String> path = new ArrayList<>(List.of(column.name()));
        NestedField field = column;
        for (String part : written.subList(1, written.size())) {
            if (!field.type().isStructType()) {
                throw new TarnException(
                        ErrorCode.BINDING_ERROR,
                        "%s has no fields that could be set".formatted(String.join(".", path)));
            }
            field = find(field.type().asStructType().fields(), part).orElseThrow(() -> unknown(written));
            path.add(field.name());
        }
        types.put(List.copyOf(path), field.type());
        return List.copyOf(path);
    }

    private List<String> withoutAlias(List<String> path) {
        if (path.size() > 1
                && path.getFirst().equalsIgnoreCase(alias)
                && find(told(), path.get(1)).isPresent()) {
            return path.subList(1, path.size());
        }
        for (int skipped = 2; skipped < path.size(); skipped++) {
            // shop.orders.id, where orders is the table.
            if (path.get(skipped - 1).equalsIgnoreCase(table.name().table())
                    && find(told(), path.getFirst()).isEmpty()) {
                return path.subList(skipped, path.size());
            }
        }
        return path;
    }

    private void requireSeen(NestedField column) {
        TableRights rights = table.rights();
        if (!rights.isFull() && !rights.parts().stream().allMatch(part -> part.has(column.name()))) {
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "The column %s of %s can be changed by those alone who see it in all rows that they see; leave it out"
                            .formatted(column.name(), table.name().text()));
        }
    }

    private TarnException unknown(List<String> path) {
        return new TarnException(
                ErrorCode.BINDING_ERROR,
                "The table %s has no column %s".formatted(table.name().text(), String.join(".", path)));
    }

    /** The one of exactly that name, else the only one that differs in case. */
    private static Optional<NestedField> find(List<NestedField> fields, String name) {
        Optional<NestedField> exact =
                fields.stream().filter(field -> field.name().equals(name)).findFirst();
        List<NestedField> alike = fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .toList();
        return exact.isPresent() ? exact : alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
    }
}
