package dev.tarn.catalog;

import dev.tarn.access.Resource;
import dev.tarn.access.Rights;
import dev.tarn.access.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of a tenant's catalog as one caller sees them: what the caller may not describe is not there. */
final class Visible {
    private static final int BATCH = 1_000;

    private final CatalogStore store;
    private final UUID tenant;
    /** None for who may describe all of the catalog, and so need not be asked about each. */
    private final @Nullable Rights rights;

    private Visible(CatalogStore store, UUID tenant, @Nullable Rights rights) {
        this.store = store;
        this.tenant = tenant;
        this.rights = rights;
    }

    static Visible to(Rights rights, CatalogStore store, UUID tenant) {
        boolean all = rights.allow(Verb.DESCRIBE, Resource.catalog(TableName.DEFAULT_CATALOG));
        return new Visible(store, tenant, all ? null : rights);
    }

    CatalogStore store() {
        return store;
    }

    UUID tenant() {
        return tenant;
    }

    boolean has(Pointer pointer) {
        return rights == null
                || rights.allow(
                        Verb.DESCRIBE, Resource.table(Resolver.named(pointer).text()));
    }

    /** Also one of which only something inside is seen. */
    boolean hasNamespace(String namespace) {
        return rights == null || rights.allowInside(Verb.DESCRIBE, resource(namespace));
    }

    private boolean hasAllOf(String namespace) {
        return rights == null || rights.allow(Verb.DESCRIBE, resource(namespace));
    }

    private static Resource resource(String namespace) {
        return Resource.namespace(TableName.namespaceFullName(namespace));
    }

    /** Namespaces by name, after a place; the tables and views that are not seen are not counted. */
    List<NamespaceSummary> namespaces(String after, int limit) {
        List<NamespaceSummary> found = new ArrayList<>();
        String place = after;
        int size = batch(limit);
        while (found.size() < limit) {
            List<NamespaceSummary> batch = store.namespaces(tenant, place, size);
            for (NamespaceSummary namespace : batch) {
                if (found.size() < limit && hasNamespace(namespace.name())) {
                    found.add(hasAllOf(namespace.name()) ? namespace : counted(namespace.name()));
                }
            }
            if (batch.size() < size) {
                return found;
            }
            place = batch.getLast().name();
        }
        return found;
    }

    /** The names of namespaces, in order; nothing inside is counted. */
    List<String> namespaceNames(int limit) {
        return store.namespaces(tenant, "", limit).stream()
                .map(NamespaceSummary::name)
                .filter(this::hasNamespace)
                .toList();
    }

    private int batch(int limit) {
        return rights == null ? limit : Math.max(limit, BATCH);
    }

    private NamespaceSummary counted(String namespace) {
        long seen = 0;
        CatalogStore.Place place = CatalogStore.Place.START;
        List<Pointer> batch;
        do {
            batch = store.list(tenant, Optional.empty(), Optional.of(namespace), place, BATCH);
            seen += batch.stream().filter(this::has).count();
            if (!batch.isEmpty()) {
                place = new CatalogStore.Place(
                        batch.getLast().namespace(), batch.getLast().name());
            }
        } while (batch.size() == BATCH);
        return new NamespaceSummary(namespace, seen);
    }

    /** Tables and views by namespace and name, after a place; of all namespaces when none is given. */
    List<Pointer> tables(Optional<String> namespace, CatalogStore.Place after, int limit) {
        return pointers(Optional.empty(), namespace, after, limit);
    }

    /** The same of one kind, or of both. */
    List<Pointer> pointers(
            Optional<Pointer.Kind> kind, Optional<String> namespace, CatalogStore.Place after, int limit) {
        List<Pointer> found = new ArrayList<>();
        CatalogStore.Place place = after;
        int size = batch(limit);
        while (found.size() < limit) {
            List<Pointer> batch = store.list(tenant, kind, namespace, place, size);
            batch.stream().filter(this::has).limit(limit - found.size()).forEach(found::add);
            if (batch.size() < size) {
                return found;
            }
            place = new CatalogStore.Place(
                    batch.getLast().namespace(), batch.getLast().name());
        }
        return found;
    }
}
