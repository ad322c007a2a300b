package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Rights;
import dev.tarn.access.TableRights;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Optional;

/** Finds what a caller's names of tables and views mean, and whether the caller may do with it what it wants. */
final class Lookup {
    private final CatalogParts parts;

    Lookup(CatalogParts parts) {
        this.parts = parts;
    }

    /** A table or view that was found and may be used. */
    record Located(TableName name, Pointer pointer, TableRights rights) {}

    /** The table or view that a name means, when there is one. */
    Optional<Pointer> found(Caller caller, TableName name) {
        return resolver(caller).find(name);
    }

    /** That there is none of that name, in words that help. */
    TarnException unknown(Caller caller, TableName name) {
        return resolver(caller).unknown(name);
    }

    /**
     * The table or view that a name means, when the caller may do that with it.
     *
     * @param kind what it must be
     */
    Located located(Caller caller, Verb verb, TableName asked, Optional<Pointer.Kind> kind) {
        // Only a name that is not written exactly needs all of what may be thousands of grants.
        Rights few = parts.rights(caller, Resource.table(asked.text()));
        Resolver exact = resolver(caller, Visible.to(few, parts.store(), caller.tenantId()));
        Optional<Pointer> known = exact.exact(asked);
        Rights rights = known.isPresent() ? few : parts.rights(caller);
        Resolver resolver =
                known.isPresent() ? exact : resolver(caller, Visible.to(rights, parts.store(), caller.tenantId()));
        Pointer pointer = known.orElseGet(() -> resolver.existing(asked));
        TableName name = Resolver.named(pointer);
        kind.ifPresent(needed -> Resolver.required(pointer, needed));
        require(caller, rights, verb, name);
        return new Located(name, pointer, rights.table(Resource.table(name.text())));
    }

    /** As {@link dev.tarn.access.Access#require}, with rights that are known already. */
    private void require(Caller caller, Rights rights, Verb verb, TableName name) {
        Resource resource = Resource.table(name.text());
        if (!rights.allow(verb, resource)) {
            parts.access().require(caller, verb, resource);
        }
    }

    /** The name that a new table or view gets, when the caller may make it and it is free. */
    TableName newName(Caller caller, TableName asked) {
        if (!asked.catalog().equals(TableName.DEFAULT_CATALOG)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "Tables of the catalog %s cannot be made yet; make one in iceberg".formatted(asked.catalog()));
        }
        ReservedNames.refuse(asked);
        Rights rights = parts.rights(caller);
        Resolver seen = resolver(caller, Visible.to(rights, parts.store(), caller.tenantId()));
        TableName name = seen.namespace(asked.namespaceText())
                .map(namespace -> Resolver.named(new Pointer(namespace, asked.table(), Pointer.Kind.TABLE, "")))
                .orElse(asked);
        // Before anything is looked for among what the caller may not see.
        require(caller, rights, Verb.CREATE, name);
        if (seen.isTaken(name)) {
            throw OpenWrite.alreadyExists(seen.find(name).map(Resolver::named).orElse(name), null);
        }
        return name;
    }

    Visible visible(Caller caller) {
        return Visible.to(parts.rights(caller), parts.store(), caller.tenantId());
    }

    Resolver resolver(Caller caller) {
        return resolver(caller, visible(caller));
    }

    /** The answer to the caller is that there is no such table; the trail knows better. */
    private Resolver resolver(Caller caller, Visible visible) {
        return new Resolver(
                visible, table -> parts.audit().denied(caller, Verb.DESCRIBE.text(), Resource.table(table.text())));
    }
}
