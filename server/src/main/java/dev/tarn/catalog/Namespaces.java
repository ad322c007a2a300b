package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Rights;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NotFoundException;

/** The namespaces of the caller's tenant, for who makes and removes them. */
public final class Namespaces {
    /** Tables and views that go with their namespace in one transaction. */
    private static final int MOST_INSIDE = 10_000;

    /** How often a namespace is looked at anew because something else is inside by now. */
    private static final int MOST_LOOKS = 5;

    private final CatalogParts parts;
    private final Tables tables;

    Namespaces(CatalogParts parts, Tables tables) {
        this.parts = parts;
        this.tables = tables;
    }

    /**
     * Makes a namespace, which its maker owns, and the ones above it.
     *
     * @throws TarnException {@code ALREADY_EXISTS}, also for one that differs in case alone
     */
    public void create(Caller caller, List<String> levels) {
        parts.access().requireSomebody(caller);
        List<String> checked = TableName.checkedNamespace(levels);
        ReservedNames.refuseNamespace(checked);
        String name = String.join(".", checked);
        parts.access().require(caller, Verb.CREATE, resource(name));
        try {
            new NamespaceCommit(parts, caller).create(name);
        } catch (AlreadyExistsException e) {
            throw new TarnException(
                    ErrorCode.ALREADY_EXISTS,
                    "The namespace %s exists already".formatted(TableName.namespaceFullName(name)),
                    e);
        }
    }

    /**
     * Removes a namespace without tables.
     *
     * @throws TarnException {@code UNKNOWN_NAMESPACE}, {@code NOT_EMPTY}
     */
    public void drop(Caller caller, List<String> levels) {
        parts.access().requireSomebody(caller);
        String name = droppable(caller, levels);
        try {
            if (!new NamespaceCommit(parts, caller).drop(name)) {
                throw new TarnException(
                        ErrorCode.UNKNOWN_NAMESPACE,
                        "The namespace %s was dropped meanwhile".formatted(TableName.namespaceFullName(name)));
            }
        } catch (NamespaceNotEmptyException e) {
            throw new TarnException(
                    ErrorCode.NOT_EMPTY,
                    "The namespace %s is not empty; drop its tables and the namespaces inside first, or say CASCADE"
                            .formatted(TableName.namespaceFullName(name)),
                    e);
        }
    }

    /**
     * Removes a namespace and all that is inside, in one transaction. Its tables are dropped tables from then on, which can be brought
     * back ({@link TableChanges#undrop}); its views go.
     *
     * @throws TarnException {@code UNKNOWN_NAMESPACE}; {@code FORBIDDEN} for who may not drop each of the things inside
     */
    public void dropAll(Caller caller, List<String> levels) {
        parts.access().requireSomebody(caller);
        for (int look = 1; look <= MOST_LOOKS; look++) {
            String name = droppable(caller, levels);
            NamespaceContents inside = NamespaceContents.of(parts.store(), caller.tenantId(), name);
            requireAll(caller, inside);
            try {
                if (new NamespaceCommit(parts, caller).drop(inside)) {
                    return;
                }
            } catch (NotFoundException e) {
                // Between the row and the file somebody may have dropped a table, or moved it far on.
                if (NamespaceContents.of(parts.store(), caller.tenantId(), name).equals(inside)) {
                    throw e;
                }
            }
        }
        throw new TarnException(
                ErrorCode.CONFLICT,
                "The tables of %s change all the time; nothing was dropped, try again"
                        .formatted(String.join(".", levels)));
    }

    private String droppable(Caller caller, List<String> levels) {
        String name = tables.namespaceText(caller, levels);
        parts.access().require(caller, Verb.DROP, resource(name));
        return name;
    }

    private void requireAll(Caller caller, NamespaceContents inside) {
        if (inside.pointers().size() > MOST_INSIDE) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The namespace %s has %d tables and views, and %d go at once at most; drop some of them first"
                            .formatted(
                                    TableName.namespaceFullName(inside.name()),
                                    inside.pointers().size(),
                                    MOST_INSIDE));
        }
        Rights rights = parts.rights(caller);
        Visible visible = Visible.to(rights, parts.store(), caller.tenantId());
        inside.namespaces().forEach(name -> require(caller, rights, resource(name), visible.hasNamespace(name)));
        inside.pointers()
                .forEach(pointer -> require(
                        caller, rights, Resource.table(Resolver.named(pointer).text()), visible.has(pointer)));
    }

    /** Nobody is told the name of what is hidden from it. */
    private void require(Caller caller, Rights rights, Resource resource, boolean seen) {
        if (rights.allow(Verb.DROP, resource)) {
            return;
        }
        if (seen) {
            parts.access().require(caller, Verb.DROP, resource);
        }
        parts.audit().denied(caller, Verb.DROP.text(), resource);
        throw new TarnException(
                ErrorCode.FORBIDDEN,
                "%s may not drop all that is inside; an administrator can, or whoever made the rest"
                        .formatted(caller.name()));
    }

    private static Resource resource(String name) {
        return Resource.namespace(TableName.namespaceFullName(name));
    }
}
