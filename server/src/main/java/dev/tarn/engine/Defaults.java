package dev.tarn.engine;

import dev.tarn.catalog.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a statement's unqualified names are looked up.
 *
 * @param catalog the catalog
 * @param namespace its levels
 */
public record Defaults(String catalog, List<String> namespace) {

    /** What a request names, each part optional. */
    public static Defaults of(@Nullable String catalog, @Nullable String schema) {
        return new Defaults(
                catalog == null ? TableName.DEFAULT_CATALOG : catalog,
                schema == null ? List.of(TableName.DEFAULT_NAMESPACE) : TableName.parseNamespace(schema));
    }

    /** A table of DESCRIBE or SHOW, in the default namespace when it names none. */
    TableName complete(String text) {
        return TableName.parse(text, namespace);
    }

    /** The namespace's levels joined by dots. */
    String namespaceText() {
        return String.join(".", namespace);
    }
}
