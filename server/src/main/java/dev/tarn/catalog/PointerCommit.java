package dev.tarn.catalog;

import dev.tarn.access.Audit.Outcome;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.storage.WriteIntent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.jspecify.annotations.Nullable;

/**
 * The one moment at which a write becomes true: a database transaction moves the pointer, clears the write's intent, records
 * who did it, and names what is of no use from then on. When the database does not say whether it happened, the intent's
 * row tells: it is gone exactly when it did.
 */
final class PointerCommit {
    /** The property of a namespace that names the user who made it, as in Iceberg's own catalogs. */
    private static final String OWNER = "owner";

    private final CatalogParts parts;
    private final Caller caller;

    PointerCommit(CatalogParts parts, Caller caller) {
        this.parts = parts;
        this.caller = caller;
    }

    /**
     * Points a new name to a location.
     *
     * @param makeNamespace whether a missing namespace is made
     */
    void create(WriteIntent intent, TableName name, Pointer pointer, boolean makeNamespace, Entry entry) {
        commit(new Creation(intent, name, pointer, makeNamespace, entry));
    }

    /**
     * Moves a name from one location to another.
     *
     * @param useless files that nothing names after this
     * @return false when the name was not at {@code expected} any more
     */
    boolean move(
            WriteIntent intent, TableName name, Pointer pointer, String expected, List<String> useless, Entry entry) {
        return commit(new Move(intent, name, pointer, expected, useless, entry));
    }

    /**
     * Takes a name away, and all that is at the location, when one is given and it is in the warehouse.
     *
     * @return false when the name was not at its metadata file any more
     */
    boolean remove(TableName name, Pointer pointer, Optional<String> location, Verb verb) {
        return remove(name, pointer, location, new Entry(verb, Map.of()));
    }

    boolean remove(TableName name, Pointer pointer, Optional<String> location, Entry entry) {
        return parts.commits().commit(removal(name, pointer, location, entry));
    }

    /** {@link #remove} as a part of a greater change. */
    CatalogChange removal(TableName name, Pointer pointer, Optional<String> location, Entry entry) {
        return new Removal(name, pointer, location.filter(parts.warehouse()::holds), entry);
    }

    /**
     * Gives a table or view another name; its files stay where they are.
     *
     * @return false when there is none of the old name
     */
    boolean rename(TableName name, Pointer pointer, TableName target) {
        return parts.commits().commit(new Renaming(name, pointer, target));
    }

    private boolean commit(CatalogChange change) {
        try {
            return parts.commits().commit(change);
        } catch (IntentLostException e) {
            throw e.told(parts);
        }
    }

    /** A write's files become a table's. */
    private abstract class Write implements CatalogChange {
        private final WriteIntent intent;
        final TableName name;
        private final List<String> useless;
        private final Entry entry;
        private final List<WriteIntent> discarded = new ArrayList<>();

        Write(WriteIntent intent, TableName name, List<String> useless, Entry entry) {
            this.intent = intent;
            this.name = name;
            this.useless = useless;
            this.entry = entry;
        }

        @Override
        public void besides() {
            discarded.clear();
            if (!parts.intents().clear(intent)) {
                throw new IntentLostException(intent);
            }
            record(name, entry);
            entry.also().run();
            useless.forEach(file -> discarded.add(parts.intents().discard(caller.tenantId(), name.text(), file)));
        }

        @Override
        public void afterwards() {
            discarded.forEach(parts.intents()::clean);
        }

        @Override
        public boolean happened(RuntimeException failure) {
            try {
                return !parts.intents().isOpen(intent);
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
                throw new CommitStateUnknownException(failure);
            }
        }

        @Override
        public void giveUp() {
            parts.intents().abort(intent);
        }
    }

    private final class Move extends Write {
        private final Pointer pointer;
        private final String expected;

        Move(WriteIntent intent, TableName name, Pointer pointer, String expected, List<String> useless, Entry entry) {
            super(intent, name, useless, entry);
            this.pointer = pointer;
            this.expected = expected;
        }

        @Override
        public boolean rows(CatalogRows rows) {
            return rows.store().move(caller.tenantId(), pointer, expected);
        }

        @Override
        public Effect effect() {
            return new Effect.Metadata(pointer.location());
        }
    }

    private final class Creation extends Write {
        private final Pointer pointer;
        private final boolean makeNamespace;
        private final List<Resource> madeNamespaces = new ArrayList<>();

        Creation(WriteIntent intent, TableName name, Pointer pointer, boolean makeNamespace, Entry entry) {
            super(intent, name, List.of(), entry);
            this.pointer = pointer;
            this.makeNamespace = makeNamespace;
        }

        @Override
        public boolean rows(CatalogRows rows) {
            madeNamespaces.clear();
            if (makeNamespace) {
                makeNamespaces(rows.store());
            }
            rows.hold(caller.tenantId(), name);
            if (!rows.store().insert(caller.tenantId(), pointer)) {
                throw taken(rows.store());
            }
            return true;
        }

        /** In the words that Iceberg's own catalogs have for it. */
        private AlreadyExistsException taken(CatalogStore store) {
            boolean sameKind = store.find(caller.tenantId(), name.namespaceText(), name.table())
                    .filter(known -> known.kind() != pointer.kind())
                    .isEmpty();
            String beginning = pointer.kind() == Pointer.Kind.TABLE
                    ? (sameKind ? "Table" : "View with same name")
                    : (sameKind ? "View" : "Table with same name");
            return new AlreadyExistsException("%s already exists: %s", beginning, name.identifier());
        }

        private void makeNamespaces(CatalogStore store) {
            for (int levels = 1; levels <= name.namespace().size(); levels++) {
                String levelsText = String.join(".", name.namespace().subList(0, levels));
                if (store.createNamespace(caller.tenantId(), levelsText)) {
                    store.setProperty(caller.tenantId(), levelsText, OWNER, caller.name());
                    madeNamespaces.add(Resource.namespace(TableName.namespaceFullName(levelsText)));
                }
            }
        }

        @Override
        public void besides() {
            for (Resource namespace : madeNamespaces) {
                parts.access().own(caller, namespace);
                parts.audit().record(caller, Verb.CREATE, namespace, Outcome.DONE, Map.of());
            }
            Resource made = Resource.table(name.text());
            if (!parts.access().rights(caller).own(made)) {
                parts.access().own(caller, made);
            }
            super.besides();
        }

        @Override
        public Optional<Resource> made() {
            return Optional.of(Resource.table(name.text()));
        }

        @Override
        public Effect effect() {
            return new Effect.Metadata(pointer.location());
        }
    }

    private final class Removal implements CatalogChange {
        private final TableName name;
        private final Pointer pointer;
        private final Optional<String> location;
        private final Entry entry;
        private @Nullable WriteIntent discarded;

        Removal(TableName name, Pointer pointer, Optional<String> location, Entry entry) {
            this.name = name;
            this.pointer = pointer;
            this.location = location;
            this.entry = entry;
        }

        @Override
        public boolean rows(CatalogRows rows) {
            return rows.store().remove(caller.tenantId(), pointer);
        }

        @Override
        public void besides() {
            record(name, entry);
            entry.also().run();
            parts.access().forget(caller, Resource.table(name.text()));
            location.ifPresent(place -> discarded = parts.intents().discard(caller.tenantId(), name.text(), place));
        }

        @Override
        public void afterwards() {
            if (discarded != null) {
                parts.intents().clean(discarded);
            }
        }

        @Override
        public boolean happened(RuntimeException failure) {
            return discarded != null && parts.intents().isOpen(discarded);
        }
    }

    private final class Renaming implements CatalogChange {
        private final TableName name;
        private final Pointer pointer;
        private final TableName target;

        Renaming(TableName name, Pointer pointer, TableName target) {
            this.name = name;
            this.pointer = pointer;
            this.target = target;
        }

        @Override
        public boolean rows(CatalogRows rows) {
            rows.hold(caller.tenantId(), target);
            if (rows.store()
                    .find(caller.tenantId(), target.namespaceText(), target.table())
                    .isPresent()) {
                throw new AlreadyExistsException("Already exists: %s", target.text());
            }
            return rows.store().rename(caller.tenantId(), pointer, target.namespaceText(), target.table());
        }

        @Override
        public void besides() {
            parts.access().rename(caller, Resource.table(name.text()), Resource.table(target.text()));
            record(name, new Entry(Verb.DROP, Map.of("renamed_to", target.text())));
            record(target, new Entry(Verb.CREATE, Map.of("renamed_from", name.text())));
        }

        @Override
        public List<Renamed> renamed() {
            return List.of(new Renamed(Resource.table(name.text()), Resource.table(target.text())));
        }
    }

    private void record(TableName name, Entry entry) {
        parts.audit().record(caller, entry.verb(), Resource.table(name.text()), Outcome.DONE, entry.details());
    }

    /**
     * What the audit trail says of a commit.
     *
     * @param also what else becomes true in the same transaction
     */
    record Entry(Verb verb, Map<String, ?> details, Runnable also) {
        Entry(Verb verb, Map<String, ?> details) {
            this(verb, details, () -> {});
        }
    }
}
