package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Verb;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.requests.CreateViewRequest;
import org.apache.iceberg.rest.requests.RegisterViewRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ImmutableLoadViewResponse;
import org.apache.iceberg.rest.responses.LoadViewResponse;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.ViewVersion;

/** The views of the caller's tenant, for those who speak Iceberg. Names are exact, and failures Iceberg's. */
public final class IcebergViews {
    private final CatalogParts parts;
    private final ExactLookup lookup;

    IcebergViews(CatalogParts parts) {
        this.parts = parts;
        this.lookup = parts.exact();
    }

    /** The views of a namespace, by name. */
    public Page<TableIdentifier> list(Caller caller, Namespace namespace, PageRequest page) {
        parts.access().requireSomebody(caller);
        return IcebergTables.list(parts, caller, namespace, Pointer.Kind.VIEW, page);
    }

    /** Returns when there is such a view. */
    public void requireExists(Caller caller, TableIdentifier identifier) {
        parts.access().requireSomebody(caller);
        lookup.existing(caller, identifier, Pointer.Kind.VIEW);
    }

    /** A view's metadata, for who may read it whole. */
    public LoadViewResponse load(Caller caller, TableIdentifier identifier) {
        parts.access().requireSomebody(caller);
        lookup.whole(caller, identifier, Pointer.Kind.VIEW);
        return CatalogHandlers.loadView(new TarnCatalog(parts, caller), identifier);
    }

    /** Makes a view. */
    public LoadViewResponse create(Caller caller, Namespace namespace, CreateViewRequest request) {
        parts.access().requireSomebody(caller);
        request.validate();
        TableIdentifier identifier = TableIdentifier.of(namespace, request.name());
        TableName name = lookup.makeable(caller, identifier);
        PropertyRules.checkForeign(request.properties());
        requireTexts(request.viewVersion());
        parts.store()
                .find(caller.tenantId(), name.namespaceText(), name.table())
                .filter(taken -> taken.kind() == Pointer.Kind.TABLE)
                .ifPresent(taken -> {
                    throw new AlreadyExistsException("Table with same name already exists: %s", identifier);
                });
        return CatalogHandlers.createView(new TarnCatalog(parts, caller), namespace, request);
    }

    /** Makes a view of one that is there already: one that was dropped lately, or one in a folder that the operator granted. */
    public LoadViewResponse register(Caller caller, Namespace namespace, RegisterViewRequest request) {
        parts.access().requireSomebody(caller);
        request.validate();
        lookup.makeable(caller, TableIdentifier.of(namespace, request.name()));
        return CatalogHandlers.registerView(new TarnCatalog(parts, caller), namespace, request);
    }

    /** Makes the requested changes of a view. */
    public LoadViewResponse replace(Caller caller, TableIdentifier identifier, UpdateTableRequest request) {
        parts.access().requireSomebody(caller);
        lookup.whole(caller, identifier, Pointer.Kind.VIEW, Verb.DROP);
        PropertyRules.checkForeign(new RequestedChanges(request.updates()).properties());
        request.updates().stream()
                .filter(MetadataUpdate.AddViewVersion.class::isInstance)
                .forEach(update -> requireTexts(((MetadataUpdate.AddViewVersion) update).viewVersion()));
        return CatalogHandlers.updateView(new TarnCatalog(parts, caller), identifier, request);
    }

    /** The view as an earlier change of the caller's left it, for whoever asks for the same change again. */
    public LoadViewResponse changed(Caller caller, TableIdentifier identifier, String location) {
        parts.access().requireSomebody(caller);
        lookup.requireReadableOrGone(caller, identifier, Pointer.Kind.VIEW);
        return ImmutableLoadViewResponse.builder()
                .metadataLocation(location)
                .metadata(parts.metadata().readView(location))
                .build();
    }

    /** Whatever else a newer client may know, Iceberg's library can keep texts alone. */
    private static void requireTexts(ViewVersion version) {
        version.representations().stream()
                .filter(representation -> !(representation instanceof SQLViewRepresentation))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new ValidationException(
                            "A view is made of SQL texts, and one is of the type %s; leave it out", unknown.type());
                });
    }

    /** Removes a view. */
    public void drop(Caller caller, TableIdentifier identifier) {
        parts.access().requireSomebody(caller);
        lookup.existing(caller, identifier, Pointer.Kind.VIEW, Verb.DROP);
        if (!new TarnCatalog(parts, caller).dropView(identifier)) {
            throw new NoSuchViewException("View does not exist: %s", identifier);
        }
    }

    /** Gives a view another name; grants follow it. */
    public void rename(Caller caller, TableIdentifier from, TableIdentifier to) {
        parts.access().requireSomebody(caller);
        lookup.existing(caller, from, Pointer.Kind.VIEW, Verb.MANAGE);
        lookup.makeable(caller, to);
        new TarnCatalog(parts, caller).renameView(from, to);
    }
}
