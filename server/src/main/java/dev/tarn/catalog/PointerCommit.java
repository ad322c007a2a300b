package dev.tarn.catalog;

import dev.tarn.access.Audit.Outcome;
import dev.tarn.access.Caller;
import dev.tarn.access.JobOwner;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.DatabaseFullException;
import dev.tarn.storage.WriteIntent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

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
        run(intent, name, List.of(), entry, () -> {
            namespace(name, makeNamespace);
            if (!parts.store().insert(caller.tenantId(), pointer)) {
                throw new AlreadyExistsException("Already exists: %s", name.text());
            }
            Resource made = Resource.table(name.text());
            if (!parts.access().rights(caller).own(made)) {
                parts.access().own(caller, made);
            }
            return true;
        });
    }

    /**
     * Moves a name from one location to another.
     *
     * @param useless files that nothing names after this
     * @return false when the name was not at {@code expected} any more
     */
    boolean move(
            WriteIntent intent, TableName name, Pointer pointer, String expected, List<String> useless, Entry entry) {
        return run(intent, name, useless, entry, () -> parts.store().move(caller.tenantId(), pointer, expected));
    }

    /**
     * Takes a name away, and all that is at the location, when one is given.
     *
     * @return false when the name was not at its metadata file any more
     */
    boolean remove(TableName name, Pointer pointer, Optional<String> location, Verb verb) {
        AtomicReference<@Nullable WriteIntent> discarded = new AtomicReference<>();
        boolean removed;
        try {
            removed = parts.database().inTransaction(() -> {
                if (!parts.store().remove(caller.tenantId(), pointer)) {
                    return false;
                }
                record(name, new Entry(verb, Map.of()));
                parts.access().forget(caller, Resource.table(name.text()));
                location.ifPresent(
                        place -> discarded.set(parts.intents().discard(caller.tenantId(), name.text(), place)));
                return true;
            });
        } catch (DataAccessException | TransactionException e) {
            WriteIntent made = discarded.get();
            if (made == null || !parts.intents().isOpen(made)) {
                throw e;
            }
            removed = true;
        }
        WriteIntent made = discarded.get();
        if (removed && made != null) {
            parts.intents().clean(made);
        }
        return removed;
    }

    /**
     * Takes a table's name away and keeps what it was for a while, its grants too.
     *
     * @return false when the name was not at its metadata file any more
     */
    boolean setAside(TableName name, Pointer pointer, String location) {
        Instant now = parts.clock().instant();
        DroppedTable dropped = new DroppedTable(
                parts.ids().next(),
                pointer.namespace(),
                pointer.name(),
                pointer.location(),
                location,
                new JobOwner(
                        caller.tenantId(),
                        caller.workspaceId(),
                        caller.userId(),
                        caller.name(),
                        Optional.empty(),
                        caller.origin()),
                now,
                now.plus(parts.settings().droppedKept()));
        try {
            return parts.database().inTransaction(() -> {
                if (!parts.store().remove(caller.tenantId(), pointer)) {
                    return false;
                }
                record(name, new Entry(Verb.DROP, Map.of("kept_until", dropped.expiresAt().toString())));
                parts.access().rename(caller, Resource.table(name.text()), dropped.resource());
                parts.dropped().insert(dropped);
                return true;
            });
        } catch (DataAccessException | TransactionException e) {
            if (!parts.dropped().contains(dropped)) {
                throw e;
            }
            return true;
        }
    }

    /** Gives what was set aside a name again; in the transaction that takes it from there. */
    void bringBack(DroppedTable dropped, TableName target) {
        namespace(target, false);
        Pointer pointer = new Pointer(
                target.namespaceText(), target.table(), Pointer.Kind.TABLE, dropped.metadataLocation());
        if (!parts.store().insert(caller.tenantId(), pointer)) {
            throw new AlreadyExistsException("Already exists: %s", target.text());
        }
        parts.access().rename(caller, dropped.resource(), Resource.table(target.text()));
        record(target, new Entry(Verb.CREATE, Map.of("undropped", dropped.asItWas().text())));
    }

    /**
     * Gives a table or view another name; its files stay where they are.
     *
     * @return false when there is none of the old name
     */
    boolean rename(TableName name, Pointer pointer, TableName target) {
        return parts.database().inTransaction(() -> {
            namespace(target, false);
            boolean renamed = parts.store().rename(caller.tenantId(), pointer, target.namespaceText(), target.table());
            if (renamed) {
                parts.access().rename(caller, Resource.table(name.text()), Resource.table(target.text()));
                record(name, new Entry(Verb.DROP, Map.of("renamed_to", target.text())));
                record(target, new Entry(Verb.CREATE, Map.of("renamed_from", name.text())));
            }
            return renamed;
        });
    }

    private boolean run(WriteIntent intent, TableName name, List<String> useless, Entry entry, BooleanSupplier change) {
        List<WriteIntent> discarded = new ArrayList<>();
        boolean moved;
        try {
            moved = parts.database().inTransaction(() -> {
                discarded.clear();
                if (!change.getAsBoolean()) {
                    return false;
                }
                if (!parts.intents().clear(intent)) {
                    throw new IntentLostException();
                }
                record(name, entry);
                entry.also().run();
                useless.forEach(file -> discarded.add(parts.intents().discard(caller.tenantId(), name.text(), file)));
                return true;
            });
        } catch (IntentLostException e) {
            parts.intents().removeRefused(intent);
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "The write to %s was silent for too long and was given up; start it again".formatted(name.text()),
                    e);
        } catch (DatabaseFullException e) {
            // Nothing was applied, and on a full disk the intent's row often cannot be read either.
            throw e;
        } catch (DataAccessException | TransactionException e) {
            if (!happened(intent, e)) {
                throw e;
            }
            moved = true;
        }
        discarded.forEach(parts.intents()::clean);
        return moved;
    }

    private boolean happened(WriteIntent intent, RuntimeException failure) {
        try {
            return !parts.intents().isOpen(intent);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            throw new CommitStateUnknownException(failure);
        }
    }

    private void namespace(TableName name, boolean make) {
        if (make) {
            for (int levels = 1; levels <= name.namespace().size(); levels++) {
                String levelsText = String.join(".", name.namespace().subList(0, levels));
                if (parts.store().createNamespace(caller.tenantId(), levelsText)) {
                    Resource made = Resource.namespace(TableName.namespaceFullName(levelsText));
                    parts.access().own(caller, made);
                    parts.store().setProperty(caller.tenantId(), levelsText, OWNER, caller.name());
                    parts.audit().record(caller, Verb.CREATE, made, Outcome.DONE, Map.of());
                }
            }
        }
        String namespace = name.namespaceText();
        if (!parts.store().holdNamespace(caller.tenantId(), namespace)
                && !parts.store().namespaceExists(caller.tenantId(), namespace)) {
            throw new NoSuchNamespaceException("Namespace does not exist: %s", namespace);
        }
    }

    private void record(TableName name, Entry entry) {
        parts.audit().record(caller, entry.verb(), Resource.table(name.text()), Outcome.DONE, entry.details());
    }

    /** Somebody has taken this writer for dead; the transaction rolls back. */
    private static final class IntentLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;
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
