package dev.tarn.catalog;

import java.util.UUID;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;

/** The rows that a change of the catalog changes: those of the database, or those that a script sees until it is true. */
record CatalogRows(CatalogStore store, DroppedTableStore dropped) {

    /** Keeps the namespace of a name in being until the transaction ends. */
    void hold(UUID tenantId, TableName name) {
        String namespace = name.namespaceText();
        if (!store.holdNamespace(tenantId, namespace) && !store.namespaceExists(tenantId, namespace)) {
            throw new NoSuchNamespaceException("Namespace does not exist: %s", namespace);
        }
    }
}
