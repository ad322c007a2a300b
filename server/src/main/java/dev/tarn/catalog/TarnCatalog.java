package dev.tarn.catalog;

import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.view.BaseMetastoreViewCatalog;
import org.apache.iceberg.view.View;
import org.apache.iceberg.view.ViewOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tenant's tables as Iceberg's own interface, for callers that speak it. It is made anew for each caller, holds nothing, and
 * authorises nothing by itself: who hands it out does. Names are exact.
 */
final class TarnCatalog extends BaseMetastoreViewCatalog implements SupportsNamespaces {
    private static final Logger LOG = LoggerFactory.getLogger(TarnCatalog.class);
    private static final int PAGE = 1_000;

    private final CatalogParts parts;
    private final Caller caller;
    private final Set<String> placed = new HashSet<>();

    TarnCatalog(CatalogParts parts, Caller caller) {
        this.parts = parts;
        this.caller = caller;
    }

    @Override
    public String name() {
        return TableName.DEFAULT_CATALOG;
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier identifier) {
        return new TarnTableOperations(parts, caller, name(identifier), null, () -> {}, placed::contains);
    }

    @Override
    protected ViewOperations newViewOps(TableIdentifier identifier) {
        return new TarnViewOperations(parts, caller, name(identifier), false, placed::contains);
    }

    @Override
    protected String defaultWarehouseLocation(TableIdentifier identifier) {
        String location = parts.warehouse()
                .newTableLocation(
                        caller.tenantId(), List.of(identifier.namespace().levels()), identifier.name());
        placed.add(location);
        return location;
    }

    @Override
    protected boolean isValidIdentifier(TableIdentifier identifier) {
        return !identifier.namespace().isEmpty();
    }

    @Override
    public List<TableIdentifier> listTables(Namespace namespace) {
        return list(namespace, Pointer.Kind.TABLE);
    }

    @Override
    public List<TableIdentifier> listViews(Namespace namespace) {
        return list(namespace, Pointer.Kind.VIEW);
    }

    private List<TableIdentifier> list(Namespace namespace, Pointer.Kind kind) {
        requireNamespace(namespace);
        List<TableIdentifier> found = new ArrayList<>();
        CatalogStore.Place after = CatalogStore.Place.START;
        List<Pointer> page;
        do {
            page = parts.store().list(caller.tenantId(), Optional.of(kind), Optional.of(text(namespace)), after, PAGE);
            page.forEach(pointer -> found.add(TableIdentifier.of(namespace, pointer.name())));
            after = page.isEmpty()
                    ? after
                    : new CatalogStore.Place(
                            page.getLast().namespace(), page.getLast().name());
        } while (page.size() == PAGE);
        return found;
    }

    /** Removes the name; with {@code purge} the files too, else they stay for a while. */
    @Override
    public boolean dropTable(TableIdentifier identifier, boolean purge) {
        return drop(identifier, Pointer.Kind.TABLE, purge);
    }

    /** Removes the name; the files stay for a while. */
    @Override
    public boolean dropView(TableIdentifier identifier) {
        return drop(identifier, Pointer.Kind.VIEW, false);
    }

    /** Removes a view and its files. */
    boolean purgeView(TableIdentifier identifier) {
        return drop(identifier, Pointer.Kind.VIEW, true);
    }

    private boolean drop(TableIdentifier identifier, Pointer.Kind kind, boolean purge) {
        TableName name = name(identifier);
        PointerCommit commit = new PointerCommit(parts, caller);
        for (Optional<Pointer> pointer = find(name, kind); pointer.isPresent(); pointer = find(name, kind)) {
            Optional<String> location = location(pointer.get());
            if (remove(commit, name, pointer.get(), location, purge)) {
                return true;
            }
        }
        return false;
    }

    private boolean remove(
            PointerCommit commit, TableName name, Pointer pointer, Optional<String> location, boolean purge) {
        if (purge || location.filter(parts.warehouse()::holds).isEmpty()) {
            return commit.remove(name, pointer, location, Verb.DROP);
        }
        return switch (pointer.kind()) {
            case TABLE -> new DroppedTableCommit(parts, caller).setAside(name, pointer, location.get());
            case VIEW ->
                commit.remove(
                        name,
                        pointer,
                        Optional.empty(),
                        new PointerCommit.Entry(
                                Verb.DROP,
                                Map.of(),
                                () -> parts.intents()
                                        .leave(
                                                caller.tenantId(),
                                                name.text(),
                                                location.get(),
                                                parts.settings().droppedKept())));
        };
    }

    /** Where its files are; nobody knows when its metadata file is lost or broken, and its name can go all the same. */
    private Optional<String> location(Pointer pointer) {
        try {
            return Optional.of(
                    switch (pointer.kind()) {
                        case TABLE -> parts.metadata().read(pointer.location()).location();
                        case VIEW ->
                            parts.metadata().readView(pointer.location()).location();
                    });
        } catch (RuntimeException e) {
            LOG.warn("The files of {} stay: its metadata cannot be read", pointer.name(), e);
            return Optional.empty();
        }
    }

    @Override
    public Table registerTable(TableIdentifier identifier, String metadataFileLocation) {
        if (tableExists(identifier)) {
            throw new AlreadyExistsException("Table already exists: %s", identifier);
        }
        new TableRegistration(parts, caller, name(identifier)).register(metadataFileLocation);
        return loadTable(identifier);
    }

    @Override
    public View registerView(TableIdentifier identifier, String metadataFileLocation) {
        find(name(identifier), Pointer.Kind.VIEW).ifPresent(taken -> {
            throw new AlreadyExistsException("View already exists: %s", identifier);
        });
        find(name(identifier), Pointer.Kind.TABLE).ifPresent(taken -> {
            throw new AlreadyExistsException("Table with same name already exists: %s", identifier);
        });
        newViewOps(identifier).commit(null, TarnViewOperations.registered(parts, caller, metadataFileLocation));
        return loadView(identifier);
    }

    @Override
    public void renameTable(TableIdentifier from, TableIdentifier to) {
        if (!rename(from, to, Pointer.Kind.TABLE)) {
            throw new NoSuchTableException("Table does not exist: %s", from);
        }
    }

    @Override
    public void renameView(TableIdentifier from, TableIdentifier to) {
        if (!rename(from, to, Pointer.Kind.VIEW)) {
            throw new NoSuchViewException("View does not exist: %s", from);
        }
    }

    private boolean rename(TableIdentifier from, TableIdentifier to, Pointer.Kind kind) {
        if (from.equals(to)) {
            return true;
        }
        TableName target = name(to);
        Optional<Pointer> pointer = find(name(from), kind);
        if (pointer.isEmpty()) {
            return false;
        }
        requireNamespace(to.namespace());
        parts.store()
                .find(caller.tenantId(), target.namespaceText(), target.table())
                .ifPresent(taken -> {
                    throw new AlreadyExistsException(
                            "Cannot rename %s to %s. %s already exists",
                            from, to, taken.kind() == Pointer.Kind.TABLE ? "Table" : "View");
                });
        return new PointerCommit(parts, caller).rename(name(from), pointer.get(), target);
    }

    private Optional<Pointer> find(TableName name, Pointer.Kind kind) {
        return parts.store()
                .find(caller.tenantId(), name.namespaceText(), name.table())
                .filter(pointer -> pointer.kind() == kind);
    }

    @Override
    public void createNamespace(Namespace namespace, Map<String, String> metadata) {
        String name = String.join(".", TableName.checkedNamespace(List.of(namespace.levels())));
        parts.database().inTransaction(() -> {
            if (namespaceExists(namespace) || !parts.store().createNamespace(caller.tenantId(), name)) {
                throw new AlreadyExistsException("Namespace already exists: %s", namespace);
            }
            parts.access().own(caller, Resource.namespace(TableName.namespaceFullName(name)));
            metadata.forEach((key, value) -> parts.store().setProperty(caller.tenantId(), name, key, value));
            record(Verb.CREATE, namespace, Map.of());
        });
    }

    @Override
    public List<Namespace> listNamespaces(Namespace parent) {
        requireNamespace(parent);
        Set<String> children = new TreeSet<>();
        String after = "";
        List<NamespaceSummary> page;
        do {
            page = parts.store().namespaces(caller.tenantId(), after, PAGE);
            page.forEach(found -> child(parent, found.name()).ifPresent(children::add));
            after = page.isEmpty() ? after : page.getLast().name();
        } while (page.size() == PAGE);
        return children.stream().map(TarnCatalog::namespace).toList();
    }

    /** The namespace directly under {@code parent} that a namespace is in or is. */
    private static Optional<String> child(Namespace parent, String name) {
        String above = parent.isEmpty() ? "" : text(parent) + ".";
        if (!name.startsWith(above)) {
            return Optional.empty();
        }
        int end = name.indexOf('.', above.length());
        return Optional.of(end < 0 ? name : name.substring(0, end));
    }

    @Override
    public Map<String, String> loadNamespaceMetadata(Namespace namespace) {
        requireNamespace(namespace);
        return new LinkedHashMap<>(parts.store().properties(caller.tenantId(), text(namespace)));
    }

    @Override
    public boolean namespaceExists(Namespace namespace) {
        return namespace.isEmpty()
                || (Arrays.stream(namespace.levels()).noneMatch(level -> level.contains("."))
                        && parts.store().namespaceExists(caller.tenantId(), text(namespace)));
    }

    @Override
    public boolean dropNamespace(Namespace namespace) {
        return parts.database().inTransaction(() -> {
            if (!namespaceExists(namespace)) {
                return false;
            }
            // Whoever adds a table here holds the namespace first, so nothing appears between the look and the removal.
            parts.store().holdNamespace(caller.tenantId(), text(namespace));
            if (!listNamespaces(namespace).isEmpty()
                    || !listTables(namespace).isEmpty()
                    || !listViews(namespace).isEmpty()) {
                throw new NamespaceNotEmptyException("Namespace is not empty: %s", namespace);
            }
            boolean removed = parts.store().removeNamespace(caller.tenantId(), text(namespace));
            if (removed) {
                parts.access().forget(caller, Resource.namespace(TableName.namespaceFullName(text(namespace))));
                record(Verb.DROP, namespace, Map.of());
            }
            return removed;
        });
    }

    @Override
    public boolean setProperties(Namespace namespace, Map<String, String> properties) {
        return parts.database().inTransaction(() -> {
            requireNamespace(namespace);
            properties.forEach(
                    (key, value) -> parts.store().setProperty(caller.tenantId(), text(namespace), key, value));
            record(Verb.ALTER, namespace, Map.of("set", properties.keySet()));
            return !properties.isEmpty();
        });
    }

    @Override
    public boolean removeProperties(Namespace namespace, Set<String> properties) {
        return parts.database().inTransaction(() -> {
            requireNamespace(namespace);
            List<String> removed = properties.stream()
                    .filter(key -> parts.store().removeProperty(caller.tenantId(), text(namespace), key))
                    .toList();
            if (!removed.isEmpty()) {
                record(Verb.ALTER, namespace, Map.of("removed", removed));
            }
            return !removed.isEmpty();
        });
    }

    private void record(Verb verb, Namespace namespace, Map<String, ?> details) {
        parts.audit()
                .record(
                        caller,
                        verb,
                        Resource.namespace(TableName.namespaceFullName(text(namespace))),
                        Audit.Outcome.DONE,
                        details);
    }

    private void requireNamespace(Namespace namespace) {
        if (!namespaceExists(namespace)) {
            throw new NoSuchNamespaceException("Namespace does not exist: %s", namespace);
        }
    }

    private static TableName name(TableIdentifier identifier) {
        return new TableName(
                TableName.DEFAULT_CATALOG, List.of(identifier.namespace().levels()), identifier.name());
    }

    private static String text(Namespace namespace) {
        return String.join(".", namespace.levels());
    }

    private static Namespace namespace(String text) {
        return Namespace.of(text.split("\\.", -1));
    }
}
