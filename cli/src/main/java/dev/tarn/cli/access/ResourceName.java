package dev.tarn.cli.access;

import java.util.List;

/** What a right is about, as a person writes it. */
final class ResourceName {
    /** The catalogs whose names may lead a table's or a namespace's. */
    private static final List<String> CATALOGS = List.of("iceberg", "delta");

    private ResourceName() {}

    /** The API names tables and namespaces in full; a person leaves our catalog out. */
    static String full(String text) {
        for (String kind : List.of("table:", "namespace:")) {
            if (text.startsWith(kind)) {
                String name = text.substring(kind.length());
                boolean complete = name.isEmpty()
                        || name.equals("*")
                        || CATALOGS.stream().anyMatch(catalog -> name.startsWith(catalog + "."));
                return complete ? text : kind + "iceberg." + name;
            }
        }
        return text;
    }
}
