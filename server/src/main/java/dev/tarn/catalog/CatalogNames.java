package dev.tarn.catalog;

import java.util.List;

/**
 * What there is in a catalog, by name.
 *
 * @param namespaces their levels joined by dots
 * @param tables by namespace and name; views are none
 */
public record CatalogNames(List<String> namespaces, List<TableName> tables) {
    public CatalogNames {
        namespaces = List.copyOf(namespaces);
        tables = List.copyOf(tables);
    }
}
