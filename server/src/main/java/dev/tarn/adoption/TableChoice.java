package dev.tarn.adoption;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** Which tables of a catalog are wanted, by their names there: levels and name with dots between them. */
record TableChoice(List<String> namespaces, List<String> tables) {
    static String text(TableIdentifier table) {
        return table.namespace().isEmpty() ? table.name() : text(table.namespace()) + "." + table.name();
    }

    static String text(Namespace namespace) {
        return String.join(".", namespace.levels());
    }

    private boolean isAll() {
        return namespaces.isEmpty() && tables.isEmpty();
    }

    boolean has(TableIdentifier table) {
        return isAll() || tables.contains(text(table)) || namespaces.stream().anyMatch(one -> isIn(one, table));
    }

    private static boolean isIn(String namespace, TableIdentifier table) {
        return isWithin(text(table.namespace()), namespace);
    }

    private static boolean isWithin(String name, String holder) {
        return name.equals(holder) || name.startsWith(holder + ".");
    }

    /** Whether something that is wanted may be in a namespace or below. */
    boolean mayBeBelow(Namespace namespace) {
        String name = text(namespace);
        return isAll()
                || tables.stream().anyMatch(table -> isWithin(table, name))
                || namespaces.stream().anyMatch(wanted -> isWithin(wanted, name) || isWithin(name, wanted));
    }

    /** What was named and is not there. */
    Set<String> missing(List<TableIdentifier> found) {
        Set<String> missing = new LinkedHashSet<>(tables);
        found.forEach(table -> missing.remove(text(table)));
        namespaces.stream()
                .filter(namespace -> found.stream().noneMatch(table -> isIn(namespace, table)))
                .forEach(missing::add);
        return missing;
    }
}
