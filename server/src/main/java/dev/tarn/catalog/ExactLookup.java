package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Rights;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;

/**
 * What names mean to callers that speak Iceberg: exactly one thing, whatever differs in case alone. What is not there, and what
 * the caller does not see, is told in Iceberg's words.
 */
final class ExactLookup {
    private final CatalogParts parts;

    ExactLookup(CatalogParts parts) {
        this.parts = parts;
    }

    /** What a name means, and what it points to. */
    record Found(TableName name, Pointer pointer, Rights rights) {
        Resource resource() {
            return Resource.table(name.text());
        }
    }

    /**
     * The table or view of that name, when the caller may do all of that with it.
     *
     * @throws NoSuchTableException or {@link NoSuchViewException}; {@link TarnException} {@code FORBIDDEN}
     */
    Found existing(Caller caller, TableIdentifier identifier, Pointer.Kind kind, Verb... verbs) {
        Found found = find(caller, identifier)
                .filter(known -> known.pointer().kind() == kind)
                .orElseThrow(() -> missing(kind, identifier));
        require(caller, found, List.of(verbs));
        return found;
    }

    void require(Caller caller, Found found, Collection<Verb> verbs) {
        verbs.stream()
                .filter(verb -> !found.rights().allow(verb, found.resource()))
                .forEach(verb -> parts.access().require(caller, verb, found.resource()));
    }

    /**
     * The same for who may read all of it: metadata tells of every row and every column.
     *
     * @throws TarnException {@code FORBIDDEN} also for who may read some columns or rows
     */
    Found whole(Caller caller, TableIdentifier identifier, Pointer.Kind kind, Verb... verbs) {
        Found found = existing(caller, identifier, kind, Verb.SELECT);
        if (!found.rights().table(found.resource()).isFull()) {
            parts.audit().denied(caller, Verb.SELECT.text(), found.resource());
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "You may see a part of %s alone, and its metadata and files show all of it; ask it through SQL"
                            .formatted(found.name().text()));
        }
        require(caller, found, Arrays.asList(verbs));
        return found;
    }

    /** Returns when the caller may read all of what has that name now, or nothing has it any more. */
    void requireReadableOrGone(Caller caller, TableIdentifier identifier, Pointer.Kind kind) {
        boolean there = parts.store()
                .find(caller.tenantId(), text(identifier.namespace()), identifier.name())
                .isPresent();
        if (there) {
            whole(caller, identifier, kind);
        }
    }

    /** The table or view of that name that the caller sees; the trail hears of one that it does not see. */
    Optional<Found> find(Caller caller, TableIdentifier identifier) {
        Optional<TableName> possible = possible(identifier);
        if (possible.isEmpty()) {
            return Optional.empty();
        }
        TableName name = possible.get();
        Optional<Pointer> stored = parts.store().find(caller.tenantId(), name.namespaceText(), name.table());
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        Resource resource = Resource.table(name.text());
        Rights rights = parts.rights(caller, resource);
        if (!rights.allow(Verb.DESCRIBE, resource)) {
            parts.audit().denied(caller, Verb.DESCRIBE.text(), resource);
            return Optional.empty();
        }
        return Optional.of(new Found(name, stored.get(), rights));
    }

    /** A name that nothing can have is that of nothing. */
    private static Optional<TableName> possible(TableIdentifier identifier) {
        try {
            return Optional.of(name(identifier));
        } catch (TarnException e) {
            return Optional.empty();
        }
    }

    static TableName name(TableIdentifier identifier) {
        return new TableName(
                TableName.DEFAULT_CATALOG, List.of(identifier.namespace().levels()), identifier.name());
    }

    static String text(Namespace namespace) {
        return String.join(".", namespace.levels());
    }

    static Resource resource(Namespace namespace) {
        return Resource.namespace(TableName.namespaceFullName(text(namespace)));
    }

    private static RuntimeException missing(Pointer.Kind kind, TableIdentifier identifier) {
        return kind == Pointer.Kind.TABLE
                ? new NoSuchTableException("Table does not exist: %s", identifier)
                : new NoSuchViewException("View does not exist: %s", identifier);
    }

    /**
     * The name of a table or view that the caller may make. One of exactly that name may be there; none that differs in case alone,
     * since statements could not tell the two apart.
     */
    TableName makeable(Caller caller, TableIdentifier identifier) {
        TableName name = name(identifier);
        ReservedNames.refuse(name);
        requireNamespace(caller, identifier.namespace());
        parts.access().require(caller, Verb.CREATE, Resource.table(name.text()));
        boolean there = parts.store()
                .find(caller.tenantId(), name.namespaceText(), name.table())
                .isPresent();
        Resolver resolver =
                new Resolver(Visible.to(parts.rights(caller), parts.store(), caller.tenantId()), hidden -> {});
        if (!there && resolver.isTaken(name)) {
            throw new AlreadyExistsException("Table already exists: %s (its name differs in case alone)", identifier);
        }
        return name;
    }

    /** The same in a namespace that may be there, or be made for it. */
    TableName adoptable(Caller caller, TableIdentifier identifier) {
        if (parts.store().namespaceExists(caller.tenantId(), text(identifier.namespace()))) {
            return makeable(caller, identifier);
        }
        TableName name = name(identifier);
        ReservedNames.refuse(name);
        parts.access().require(caller, Verb.CREATE, resource(identifier.namespace()));
        parts.access().require(caller, Verb.CREATE, Resource.table(name.text()));
        if (Resolver.isTaken(parts.store(), caller.tenantId(), name.namespaceText())) {
            throw new AlreadyExistsException(
                    "Namespace already exists: %s (its name differs in case alone)", identifier.namespace());
        }
        return name;
    }

    /** Returns when the namespace is there, and something in it is the caller's to see or to make. */
    void requireNamespace(Caller caller, Namespace namespace) {
        boolean possible = !namespace.isEmpty()
                && Arrays.stream(namespace.levels()).noneMatch(level -> level.isEmpty() || level.contains("."));
        boolean there = possible
                && parts.store().namespaceExists(caller.tenantId(), text(namespace))
                && isSeen(caller, namespace);
        if (!there) {
            throw new NoSuchNamespaceException("Namespace does not exist: %s", namespace);
        }
    }

    private boolean isSeen(Caller caller, Namespace namespace) {
        return parts.rights(caller, resource(namespace)).allow(Verb.DESCRIBE, resource(namespace))
                || Visible.to(parts.rights(caller), parts.store(), caller.tenantId())
                        .hasNamespace(text(namespace));
    }
}
