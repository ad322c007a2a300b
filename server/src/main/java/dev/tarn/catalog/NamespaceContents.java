package dev.tarn.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A namespace and all that is inside, at one moment.
 *
 * @param namespaces itself first, and those below it by name
 * @param pointers the tables and views of all of these
 */
record NamespaceContents(List<String> namespaces, List<Pointer> pointers) {
    private static final int PAGE = 1_000;

    NamespaceContents {
        namespaces = List.copyOf(namespaces);
        pointers = List.copyOf(pointers);
    }

    static NamespaceContents of(CatalogStore store, UUID tenantId, String name) {
        List<String> namespaces = new ArrayList<>(List.of(name));
        String after = "";
        List<NamespaceSummary> page;
        do {
            page = store.namespaces(tenantId, after, PAGE);
            page.stream()
                    .map(NamespaceSummary::name)
                    .filter(found -> found.startsWith(name + "."))
                    .forEach(namespaces::add);
            after = page.isEmpty() ? after : page.getLast().name();
        } while (page.size() == PAGE);
        return new NamespaceContents(
                namespaces,
                namespaces.stream()
                        .flatMap(one -> pointers(store, tenantId, one).stream())
                        .toList());
    }

    private static List<Pointer> pointers(CatalogStore store, UUID tenantId, String namespace) {
        List<Pointer> pointers = new ArrayList<>();
        CatalogStore.Place after = CatalogStore.Place.START;
        List<Pointer> page;
        do {
            page = store.list(tenantId, Optional.empty(), Optional.of(namespace), after, PAGE);
            pointers.addAll(page);
            after = page.isEmpty()
                    ? after
                    : new CatalogStore.Place(
                            page.getLast().namespace(), page.getLast().name());
        } while (page.size() == PAGE);
        return pointers;
    }

    /** The namespace itself. */
    String name() {
        return namespaces.getFirst();
    }

    /** Whether nothing is inside. */
    boolean isEmpty() {
        return namespaces.size() == 1 && pointers.isEmpty();
    }
}
