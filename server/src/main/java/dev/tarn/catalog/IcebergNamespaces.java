package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Rights;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.UpdateNamespacePropertiesRequest;
import org.apache.iceberg.rest.responses.CreateNamespaceResponse;
import org.apache.iceberg.rest.responses.UpdateNamespacePropertiesResponse;

/** The namespaces of the caller's tenant, for those who speak Iceberg. Names are exact, and failures Iceberg's. */
public final class IcebergNamespaces {
    private static final int BATCH = 1_000;
    private static final int LONGEST = 10_000;
    private static final String LOCATION = "location";

    private final CatalogParts parts;
    private final ExactLookup lookup;
    private final Consumer<Effect> together;

    /** @param together what becomes true with each change, in its transaction */
    IcebergNamespaces(CatalogParts parts, Consumer<Effect> together) {
        this.parts = parts;
        this.together = together;
        this.lookup = new ExactLookup(parts);
    }

    /** The namespaces directly under one, or at the top, by name. */
    public Page<Namespace> list(Caller caller, Namespace parent, PageRequest page) {
        parts.access().requireSomebody(caller);
        if (!parent.isEmpty()) {
            lookup.requireNamespace(caller, parent);
        }
        NavigableSet<String> children = children(caller, parent.isEmpty() ? "" : ExactLookup.text(parent) + ".");
        List<String> rest = List.copyOf(
                page.cursor().isEmpty()
                        ? children
                        : children.tailSet(page.cursor().get(), false));
        return Page.of(rest, page.limit(), last -> last).map(child -> under(parent, child));
    }

    /** What the caller sees of the levels after a beginning. */
    private NavigableSet<String> children(Caller caller, String above) {
        Visible visible = Visible.to(rights(caller), parts.store(), caller.tenantId());
        NavigableSet<String> children = new TreeSet<>();
        String place = above;
        List<NamespaceSummary> batch;
        do {
            batch = parts.store().namespaces(caller.tenantId(), place, BATCH);
            for (NamespaceSummary namespace : batch) {
                if (!namespace.name().startsWith(above)) {
                    return children;
                }
                if (visible.hasNamespace(namespace.name())) {
                    children.add(child(namespace.name(), above.length()));
                }
                place = namespace.name();
            }
        } while (batch.size() == BATCH);
        return children;
    }

    private static String child(String name, int from) {
        int end = name.indexOf('.', from);
        return end < 0 ? name.substring(from) : name.substring(from, end);
    }

    private static Namespace under(Namespace parent, String child) {
        List<String> levels = new ArrayList<>(List.of(parent.levels()));
        levels.add(child);
        return Namespace.of(levels.toArray(new String[0]));
    }

    private Rights rights(Caller caller) {
        return parts.rights(caller);
    }

    /** Makes a namespace, and those above it that are missing; the caller owns what it has made. */
    public CreateNamespaceResponse create(Caller caller, CreateNamespaceRequest request) {
        parts.access().requireSomebody(caller);
        request.validate();
        List<String> levels =
                TableName.checkedNamespace(List.of(request.namespace().levels()));
        ReservedNames.refuseNamespace(levels);
        parts.access().require(caller, Verb.CREATE, ExactLookup.resource(request.namespace()));
        check(request.properties());
        String name = ExactLookup.text(request.namespace());
        TarnCatalog catalog = new TarnCatalog(parts, caller);
        return parts.database().inTransaction(() -> {
            Resolver all = new Resolver(Visible.to(rights(caller), parts.store(), caller.tenantId()), hidden -> {});
            if (catalog.namespaceExists(request.namespace()) || all.isTaken(name)) {
                throw new AlreadyExistsException("Namespace already exists: %s", request.namespace());
            }
            for (int level = 1; level < levels.size(); level++) {
                Namespace above = Namespace.of(levels.subList(0, level).toArray(new String[0]));
                if (!catalog.namespaceExists(above)) {
                    catalog.createNamespace(above, Map.of());
                }
            }
            return told(CatalogHandlers.createNamespace(catalog, request));
        });
    }

    /** Returns when there is such a namespace. */
    public void requireExists(Caller caller, Namespace namespace) {
        parts.access().requireSomebody(caller);
        lookup.requireNamespace(caller, namespace);
    }

    /** A namespace's properties, and where its tables are: some engines place new ones by themselves. */
    public Map<String, String> properties(Caller caller, Namespace namespace) {
        parts.access().requireSomebody(caller);
        lookup.requireNamespace(caller, namespace);
        Map<String, String> properties =
                new LinkedHashMap<>(new TarnCatalog(parts, caller).loadNamespaceMetadata(namespace));
        properties.put(LOCATION, parts.warehouse().namespaceLocation(caller.tenantId(), List.of(namespace.levels())));
        return properties;
    }

    /** Sets and removes properties. */
    public UpdateNamespacePropertiesResponse update(
            Caller caller, Namespace namespace, UpdateNamespacePropertiesRequest request) {
        parts.access().requireSomebody(caller);
        lookup.requireNamespace(caller, namespace);
        parts.access().require(caller, Verb.ALTER, ExactLookup.resource(namespace));
        check(request.updates());
        request.removals().forEach(IcebergNamespaces::checkName);
        return parts.database()
                .inTransaction(() -> told(
                        CatalogHandlers.updateNamespaceProperties(new TarnCatalog(parts, caller), namespace, request)));
    }

    private <T extends RESTResponse> T told(T answer) {
        together.accept(new Effect.Told(answer));
        return answer;
    }

    /** Removes a namespace with nothing in it. */
    public void drop(Caller caller, Namespace namespace) {
        parts.access().requireSomebody(caller);
        lookup.requireNamespace(caller, namespace);
        parts.access().require(caller, Verb.DROP, ExactLookup.resource(namespace));
        parts.database().inTransaction(() -> {
            CatalogHandlers.dropNamespace(new TarnCatalog(parts, caller), namespace);
            together.accept(new Effect.Nothing());
        });
    }

    private static void check(Map<String, String> properties) {
        properties.forEach((key, value) -> {
            checkName(key);
            if (value == null || value.length() > LONGEST) {
                throw refused("The property %s must have a text of at most %d characters".formatted(key, LONGEST));
            }
        });
    }

    private static void checkName(String key) {
        if (key == null || key.isBlank() || key.length() > 255) {
            throw refused("The name of a property has 1 to 255 characters");
        }
        if (key.equals(JdbcCatalogStore.EXISTS) || key.equals(LOCATION)) {
            throw refused(
                    "A namespace cannot be given the property %s; the server places what is in it".formatted(key));
        }
    }

    private static TarnException refused(String message) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message);
    }
}
