package dev.tarn.catalog;

import dev.tarn.access.Audit.Outcome;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;

/** Makes namespaces, and removes them with all that is inside, each in one database transaction. */
final class NamespaceCommit {
    private final CatalogParts parts;
    private final Caller caller;

    NamespaceCommit(CatalogParts parts, Caller caller) {
        this.parts = parts;
        this.caller = caller;
    }

    /**
     * Makes a namespace and those above it.
     *
     * @param name levels joined by dots
     * @throws AlreadyExistsException also for one that differs in case alone
     */
    void create(String name) {
        parts.commits().commit(new Making(name));
    }

    /**
     * Removes an empty namespace.
     *
     * @return false when there is none
     * @throws NamespaceNotEmptyException when something is inside
     */
    boolean drop(String name) {
        return parts.commits().commit(new Removing(new NamespaceContents(List.of(name), List.of()), List.of()));
    }

    /**
     * Removes a namespace and all that is inside: tables become dropped tables, views go.
     *
     * @param inside what the caller has seen there, and may remove
     * @return false when something else is inside by now
     */
    boolean drop(NamespaceContents inside) {
        DroppedTableCommit tables = new DroppedTableCommit(parts, caller);
        PointerCommit views = new PointerCommit(parts, caller);
        List<CatalogChange> changes = inside.pointers().stream()
                .map(pointer -> switch (pointer.kind()) {
                    case TABLE ->
                        tables.settingAside(
                                Resolver.named(pointer),
                                pointer,
                                parts.metadata().read(pointer.location()).location());
                    case VIEW ->
                        views.removal(
                                Resolver.named(pointer),
                                pointer,
                                Optional.of(parts.metadata()
                                        .readView(pointer.location())
                                        .location()),
                                new PointerCommit.Entry(Verb.DROP, Map.of()));
                })
                .toList();
        return parts.commits().commit(new Removing(inside, changes));
    }

    private static Resource resource(String name) {
        return Resource.namespace(TableName.namespaceFullName(name));
    }

    private void record(Verb verb, String name, Map<String, ?> details) {
        parts.audit().record(caller, verb, resource(name), Outcome.DONE, details);
    }

    private final class Making implements CatalogChange {
        private final String name;
        private final List<String> made = new ArrayList<>();

        Making(String name) {
            this.name = name;
        }

        @Override
        public boolean rows(CatalogRows rows) {
            made.clear();
            if (Resolver.isTaken(rows.store(), caller.tenantId(), name)) {
                throw new AlreadyExistsException("Namespace already exists: %s", name);
            }
            List<String> all = List.of(name.split("\\.", -1));
            for (int level = 1; level <= all.size(); level++) {
                String levels = String.join(".", all.subList(0, level));
                if (!rows.store().namespaceExists(caller.tenantId(), levels)
                        && rows.store().createNamespace(caller.tenantId(), levels)) {
                    made.add(levels);
                }
            }
            if (!made.contains(name)) {
                throw new AlreadyExistsException("Namespace already exists: %s", name);
            }
            return true;
        }

        @Override
        public void besides() {
            made.forEach(levels -> {
                parts.access().own(caller, resource(levels));
                record(Verb.CREATE, levels, Map.of());
            });
        }
    }

    private final class Removing implements CatalogChange {
        private final NamespaceContents inside;
        private final List<CatalogChange> changes;

        Removing(NamespaceContents inside, List<CatalogChange> changes) {
            this.inside = inside;
            this.changes = changes;
        }

        /** Whoever adds a table holds its namespace first, so nothing appears between the look and the removal. */
        @Override
        public boolean rows(CatalogRows rows) {
            if (!rows.store().namespaceExists(caller.tenantId(), inside.name())) {
                return false;
            }
            inside.namespaces().forEach(name -> rows.store().holdNamespace(caller.tenantId(), name));
            NamespaceContents now = NamespaceContents.of(rows.store(), caller.tenantId(), inside.name());
            if (!now.equals(inside)) {
                if (inside.isEmpty()) {
                    throw new NamespaceNotEmptyException("Namespace is not empty: %s", inside.name());
                }
                return false;
            }
            boolean all = changes.stream().allMatch(change -> change.rows(rows));
            inside.namespaces().forEach(name -> rows.store().removeNamespace(caller.tenantId(), name));
            return all;
        }

        @Override
        public void besides() {
            changes.forEach(CatalogChange::besides);
            for (String name : inside.namespaces()) {
                parts.access().forget(caller, resource(name));
                long gone = inside.pointers().stream()
                        .filter(pointer -> pointer.namespace().equals(name))
                        .count();
                record(Verb.DROP, name, gone == 0 ? Map.of() : Map.of("tables", gone));
            }
        }

        @Override
        public List<Renamed> renamed() {
            return changes.stream().flatMap(change -> change.renamed().stream()).toList();
        }

        @Override
        public void afterwards() {
            changes.forEach(CatalogChange::afterwards);
        }

        @Override
        public boolean happened(RuntimeException failure) {
            return !changes.isEmpty() && changes.getFirst().happened(failure);
        }
    }
}
