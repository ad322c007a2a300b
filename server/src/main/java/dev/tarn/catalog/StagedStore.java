package dev.tarn.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A tenant's catalog with changes that are not true yet. What has been looked up once stays as it was then, so that all of a
 * script sees one version of each table, beside its own changes. It belongs to one script and one thread.
 */
final class StagedStore implements CatalogStore {
    private static final Comparator<Pointer> ORDER =
            Comparator.comparing(Pointer::namespace).thenComparing(Pointer::name);

    private final CatalogStore base;
    private final UUID tenant;
    private final Map<Place, Optional<Pointer>> staged = new HashMap<>();
    private final Map<Place, Optional<Pointer>> seen = new HashMap<>();
    private final Set<String> made = new TreeSet<>();
    private final Set<String> unmade = new TreeSet<>();

    StagedStore(CatalogStore base, UUID tenant) {
        this.base = base;
        this.tenant = tenant;
    }

    /** Whether something that was looked up is another by now. */
    boolean isOvertaken() {
        return seen.entrySet().stream().anyMatch(one -> {
            Place place = one.getKey();
            return !base.find(tenant, place.namespace(), place.name()).equals(one.getValue());
        });
    }

    private static Place place(Pointer pointer) {
        return new Place(pointer.namespace(), pointer.name());
    }

    @Override
    public Optional<Pointer> find(UUID tenantId, String namespace, String name) {
        Place place = new Place(namespace, name);
        Optional<Pointer> own = staged.get(place);
        return own != null ? own : seen.computeIfAbsent(place, any -> base.find(tenantId, namespace, name));
    }

    @Override
    public Optional<Pointer> hold(UUID tenantId, String namespace, String name) {
        return find(tenantId, namespace, name);
    }

    @Override
    public List<Pointer> similar(UUID tenantId, String namespace, String name, int limit) {
        List<Pointer> found = new ArrayList<>();
        base.similar(tenantId, namespace, name, limit).stream()
                .filter(pointer -> !staged.containsKey(place(pointer)))
                .flatMap(pointer -> find(tenantId, pointer.namespace(), pointer.name()).stream())
                .forEach(found::add);
        staged().filter(pointer -> pointer.namespace().equalsIgnoreCase(namespace)
                        && pointer.name().equalsIgnoreCase(name))
                .forEach(found::add);
        return found.stream().sorted(ORDER).limit(limit).toList();
    }

    @Override
    public List<UUID> tenants() {
        return base.tenants();
    }

    private java.util.stream.Stream<Pointer> staged() {
        return staged.values().stream().flatMap(Optional::stream);
    }

    @Override
    public List<Pointer> list(
            UUID tenantId, Optional<Pointer.Kind> kind, Optional<String> namespace, Place after, int limit) {
        int asked = limit + staged.size();
        List<Pointer> page = base.list(tenantId, kind, namespace, after, asked);
        List<Pointer> found = new ArrayList<>();
        page.stream().filter(pointer -> !staged.containsKey(place(pointer))).forEach(found::add);
        Comparator<Pointer> order = ORDER;
        Pointer start = new Pointer(namespace.orElse(after.namespace()), after.name(), Pointer.Kind.TABLE, "");
        staged().filter(pointer -> kind.isEmpty() || pointer.kind() == kind.get())
                .filter(pointer -> namespace.isEmpty() || namespace.get().equals(pointer.namespace()))
                .filter(pointer -> order.compare(pointer, start) > 0)
                // What comes behind a page that is full belongs to the next one.
                .filter(pointer -> page.size() < asked || order.compare(pointer, page.getLast()) < 0)
                .forEach(found::add);
        return found.stream().sorted(ORDER).limit(limit).toList();
    }

    @Override
    public boolean insert(UUID tenantId, Pointer pointer) {
        if (find(tenantId, pointer.namespace(), pointer.name()).isPresent()) {
            return false;
        }
        staged.put(place(pointer), Optional.of(pointer));
        return true;
    }

    @Override
    public boolean move(UUID tenantId, Pointer pointer, String expected) {
        return replace(tenantId, pointer, expected, Optional.of(pointer));
    }

    @Override
    public boolean remove(UUID tenantId, Pointer pointer) {
        return replace(tenantId, pointer, pointer.location(), Optional.empty());
    }

    private boolean replace(UUID tenantId, Pointer pointer, String expected, Optional<Pointer> by) {
        boolean there = find(tenantId, pointer.namespace(), pointer.name())
                .filter(now -> now.kind() == pointer.kind() && now.location().equals(expected))
                .isPresent();
        if (there) {
            staged.put(place(pointer), by);
        }
        return there;
    }

    @Override
    public boolean rename(UUID tenantId, Pointer pointer, String newNamespace, String newName) {
        Optional<Pointer> now =
                find(tenantId, pointer.namespace(), pointer.name()).filter(there -> there.kind() == pointer.kind());
        now.ifPresent(there -> {
            staged.put(place(pointer), Optional.empty());
            staged.put(
                    new Place(newNamespace, newName),
                    Optional.of(new Pointer(newNamespace, newName, there.kind(), there.location())));
        });
        return now.isPresent();
    }

    @Override
    public boolean isAnyAt(List<String> metadataPrefixes) {
        return base.isAnyAt(metadataPrefixes)
                || staged().anyMatch(pointer -> metadataPrefixes.stream().anyMatch(pointer.location()::startsWith));
    }

    @Override
    public List<String> at(List<String> metadataPrefixes, int limit) {
        return base.at(metadataPrefixes, limit);
    }

    private static UnsupportedOperationException notTogether(String what) {
        return new UnsupportedOperationException(what + " cannot become true together with other changes");
    }

    @Override
    public List<NamespaceSummary> namespaces(UUID tenantId, String after, int limit) {
        int asked = limit + unmade.size();
        List<NamespaceSummary> page = base.namespaces(tenantId, after, asked);
        Map<String, Long> counts = new TreeMap<>();
        page.stream()
                .filter(namespace -> namespaceExists(tenantId, namespace.name()))
                .forEach(namespace -> counts.put(namespace.name(), namespace.tableCount()));
        // What comes behind a page that is full belongs to the next one.
        made.stream()
                .filter(name -> name.compareTo(after) > 0)
                .filter(name ->
                        page.size() < asked || name.compareTo(page.getLast().name()) < 0)
                .forEach(name -> counts.putIfAbsent(name, 0L));
        staged.forEach((place, now) -> {
            int before = base.find(tenantId, place.namespace(), place.name()).isPresent() ? 1 : 0;
            counts.computeIfPresent(place.namespace(), (any, count) -> count + (now.isPresent() ? 1 : 0) - before);
        });
        return counts.entrySet().stream()
                .map(one -> new NamespaceSummary(one.getKey(), one.getValue()))
                .limit(limit)
                .toList();
    }

    @Override
    public List<String> similarNamespaces(UUID tenantId, String namespace, int limit) {
        Set<String> found = new TreeSet<>(base.similarNamespaces(tenantId, namespace, limit + unmade.size()));
        found.removeAll(unmade);
        made.stream().filter(namespace::equalsIgnoreCase).forEach(found::add);
        return found.stream().limit(limit).toList();
    }

    @Override
    public boolean namespaceExists(UUID tenantId, String namespace) {
        return made.contains(namespace) || (!unmade.contains(namespace) && base.namespaceExists(tenantId, namespace));
    }

    @Override
    public boolean holdNamespace(UUID tenantId, String namespace) {
        return namespaceExists(tenantId, namespace);
    }

    @Override
    public boolean createNamespace(UUID tenantId, String namespace) {
        return !namespaceExists(tenantId, namespace) && made.add(namespace);
    }

    /** The namespaces that were made here and are there still. */
    Set<String> made() {
        return made;
    }

    @Override
    public Map<String, String> properties(UUID tenantId, String namespace) {
        return base.properties(tenantId, namespace);
    }

    /** Nothing of a script reads it; it is set when the script becomes true. */
    @Override
    public void setProperty(UUID tenantId, String namespace, String key, String value) {}

    @Override
    public boolean removeProperty(UUID tenantId, String namespace, String key) {
        throw notTogether("A namespace's property");
    }

    @Override
    public boolean removeNamespace(UUID tenantId, String namespace) {
        boolean there = namespaceExists(tenantId, namespace);
        made.remove(namespace);
        unmade.add(namespace);
        return there;
    }
}
