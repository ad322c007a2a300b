package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;

/** The namespaces of the caller's tenant, for who makes and removes them. */
public final class Namespaces {
    private final CatalogParts parts;
    private final Tables tables;

    Namespaces(CatalogParts parts, Tables tables) {
        this.parts = parts;
        this.tables = tables;
    }

    /**
     * Makes a namespace, which its maker owns, and the ones above it.
     *
     * @throws TarnException {@code ALREADY_EXISTS}, also for one that differs in case alone
     */
    public void create(Caller caller, List<String> levels) {
        parts.access().requireSomebody(caller);
        List<String> checked = TableName.checkedNamespace(levels);
        ReservedNames.refuseNamespace(checked);
        String name = String.join(".", checked);
        parts.access().require(caller, Verb.CREATE, Resource.namespace(TableName.namespaceFullName(name)));
        try {
            parts.commits().commit(change(() -> {
                if (tables.isNamespaceTaken(caller, name)) {
                    throw new AlreadyExistsException("Namespace already exists: %s", name);
                }
                TarnCatalog catalog = new TarnCatalog(parts, caller);
                for (int level = 1; level <= checked.size(); level++) {
                    Namespace namespace = Namespace.of(checked.subList(0, level).toArray(new String[0]));
                    if (!catalog.namespaceExists(namespace)) {
                        catalog.createNamespace(namespace, Map.of());
                    }
                }
                return true;
            }));
        } catch (AlreadyExistsException e) {
            throw new TarnException(
                    ErrorCode.ALREADY_EXISTS,
                    "The namespace %s exists already".formatted(TableName.namespaceFullName(name)),
                    e);
        }
    }

    /**
     * Removes a namespace without tables.
     *
     * @throws TarnException {@code UNKNOWN_NAMESPACE}, {@code NOT_EMPTY}
     */
    public void drop(Caller caller, List<String> levels) {
        parts.access().requireSomebody(caller);
        String name = tables.namespaceText(caller, levels);
        Resource resource = Resource.namespace(TableName.namespaceFullName(name));
        parts.access().require(caller, Verb.DROP, resource);
        try {
            Namespace namespace = Namespace.of(name.split("\\.", -1));
            if (!parts.commits().commit(change(() -> new TarnCatalog(parts, caller).dropNamespace(namespace)))) {
                throw new TarnException(
                        ErrorCode.UNKNOWN_NAMESPACE,
                        "The namespace %s was dropped meanwhile".formatted(TableName.namespaceFullName(name)));
            }
        } catch (NamespaceNotEmptyException e) {
            throw new TarnException(
                    ErrorCode.NOT_EMPTY,
                    "The namespace %s is not empty; drop its tables and the namespaces inside first"
                            .formatted(TableName.namespaceFullName(name)),
                    e);
        }
    }

    private static CatalogChange change(BooleanSupplier work) {
        return new CatalogChange() {
            @Override
            public boolean rows(CatalogStore store) {
                return work.getAsBoolean();
            }

            @Override
            public void besides() {}
        };
    }
}
