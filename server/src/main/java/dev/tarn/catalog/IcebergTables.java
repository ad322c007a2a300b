package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Verb;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.RegisterTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.LoadTableResponse;

/**
 * The tables of the caller's tenant, for those who speak Iceberg: they read and write the files by themselves. So whoever may not
 * read all of a table is told nothing of its metadata. Names are exact, and failures Iceberg's.
 */
public final class IcebergTables {
    private final CatalogParts parts;
    private final ExactLookup lookup;
    private final Views views;
    private final Consumer<Effect> together;

    /** @param together what becomes true with a transaction of several changes, which the parts do not commit one by one */
    IcebergTables(CatalogParts parts, Views views, Consumer<Effect> together) {
        this.parts = parts;
        this.lookup = parts.exact();
        this.views = views;
        this.together = together;
    }

    /**
     * A table as it was loaded.
     *
     * @param tag another one for each version, and for each way to ask
     * @param metadata empty when the caller has that version
     */
    public record Loaded(String tag, Optional<TableMetadata> metadata) {}

    /** The tables of a namespace, by name. */
    public Page<TableIdentifier> list(Caller caller, Namespace namespace, PageRequest page) {
        parts.access().requireSomebody(caller);
        return list(parts, caller, namespace, Pointer.Kind.TABLE, page);
    }

    static Page<TableIdentifier> list(
            CatalogParts parts, Caller caller, Namespace namespace, Pointer.Kind kind, PageRequest page) {
        parts.exact().requireNamespace(caller, namespace);
        String text = ExactLookup.text(namespace);
        List<Pointer> found = Visible.to(parts.rights(caller), parts.store(), caller.tenantId())
                .pointers(
                        Optional.of(kind),
                        Optional.of(text),
                        new CatalogStore.Place(text, page.cursor().orElse("")),
                        page.limit() + 1);
        return Page.of(found, page.limit(), Pointer::name)
                .map(pointer -> TableIdentifier.of(namespace, pointer.name()));
    }

    /** Returns when there is such a table. */
    public void requireExists(Caller caller, TableIdentifier identifier) {
        parts.access().requireSomebody(caller);
        lookup.existing(caller, identifier, Pointer.Kind.TABLE);
    }

    /** Returns when the caller may read all of the table. */
    public void requireReadable(Caller caller, TableIdentifier identifier) {
        parts.access().requireSomebody(caller);
        lookup.whole(caller, identifier, Pointer.Kind.TABLE);
    }

    /**
     * A table's metadata.
     *
     * @param branchesOnly without the snapshots that no branch or tag names
     * @param known tags of versions that the caller has
     */
    public Loaded load(Caller caller, TableIdentifier identifier, boolean branchesOnly, Set<String> known) {
        parts.access().requireSomebody(caller);
        ExactLookup.Found found = lookup.whole(caller, identifier, Pointer.Kind.TABLE);
        String location = found.pointer().location();
        // A version that is known is not told of a table whose file is lost; that takes a look at the folder, no more.
        parts.files().newInputFile(location).getLength();
        String tag = tag(location, branchesOnly);
        if (known.contains(tag)) {
            return new Loaded(tag, Optional.empty());
        }
        TableMetadata metadata = parts.metadata().read(location);
        return new Loaded(tag, Optional.of(branchesOnly ? branches(metadata) : metadata));
    }

    private static TableMetadata branches(TableMetadata metadata) {
        return TableMetadata.buildFrom(metadata)
                .withMetadataLocation(metadata.metadataFileLocation())
                .suppressHistoricalSnapshots()
                .build();
    }

    /** The tag of a version that all of was told. */
    public static String tag(TableMetadata metadata) {
        return tag(metadata.metadataFileLocation(), false);
    }

    private static String tag(String location, boolean branchesOnly) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((location + (branchesOnly ? "#refs" : "#all")).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Makes a table, or gives the caller the place of one that it will commit later. */
    public TableMetadata create(Caller caller, Namespace namespace, CreateTableRequest request) {
        parts.access().requireSomebody(caller);
        request.validate();
        TableIdentifier identifier = TableIdentifier.of(namespace, request.name());
        TableName name = lookup.makeable(caller, identifier);
        PropertyRules.checkForeign(request.properties());
        requireFree(caller, identifier);
        TarnCatalog catalog = new TarnCatalog(parts, caller);
        if (!request.stageCreate()) {
            return metadata(CatalogHandlers.createTable(catalog, namespace, request));
        }
        TableMetadata staged = metadata(CatalogHandlers.stageTableCreate(catalog, namespace, request));
        if (request.location() != null) {
            new TableLocations(parts, caller, name).check(null, staged, false);
        }
        if (parts.warehouse().holds(staged.location())) {
            parts.intents().beginOfClient(caller.tenantId(), name.text(), staged.location());
        }
        return staged;
    }

    /** A table of that name is told by whoever makes it. */
    private void requireFree(Caller caller, TableIdentifier identifier) {
        parts.store()
                .find(caller.tenantId(), ExactLookup.text(identifier.namespace()), identifier.name())
                .ifPresent(taken -> {
                    throw new AlreadyExistsException(
                            taken.kind() == Pointer.Kind.VIEW
                                    ? "View with same name already exists: %s"
                                    : "Table already exists: %s",
                            identifier);
                });
    }

    private static TableMetadata metadata(LoadTableResponse response) {
        return response.tableMetadata();
    }

    /** Makes a table's requested changes, or the table; returns it as they have left it. */
    public TableMetadata commit(Caller caller, TableIdentifier identifier, UpdateTableRequest request) {
        parts.access().requireSomebody(caller);
        return new RequestedCommit(parts, caller).apply(identifier, request);
    }

    /**
     * The table as an earlier change of the caller's left it, for whoever asks for the same change again. Where that version is
     * no more, the table as it is now.
     *
     * @param location the metadata file of then
     * @throws TarnException {@code FORBIDDEN} for who may not read all of the table by now
     */
    public TableMetadata changed(Caller caller, TableIdentifier identifier, String location) {
        parts.access().requireSomebody(caller);
        lookup.requireReadableOrGone(caller, identifier, Pointer.Kind.TABLE);
        try {
            parts.files().newInputFile(location).getLength();
            return parts.metadata().read(location);
        } catch (NotFoundException e) {
            ExactLookup.Found now = lookup.whole(caller, identifier, Pointer.Kind.TABLE);
            return parts.metadata().read(now.pointer().location());
        }
    }

    /** Makes the requested changes of several tables, all of them in one transaction of the database or none. */
    public void commit(Caller caller, List<UpdateTableRequest> requests) {
        parts.access().requireSomebody(caller);
        for (int tried = 1; ; tried++) {
            try (StagedCatalog staged = new StagedCatalog(parts, views, caller.tenantId())) {
                RequestedCommit commit = new RequestedCommit(staged.tables().parts(), caller);
                requests.forEach(request -> commit.apply(request.identifier(), request));
                if (staged.commit(() -> together.accept(new Effect.Nothing()))) {
                    return;
                }
            }
            if (tried == Attempts.MOST) {
                throw new CommitFailedException("The tables change all the time; try again");
            }
        }
    }

    /** Takes a table's name away. Its files stay for a while, or for good in a folder that the operator granted; purged, they go. */
    public void drop(Caller caller, TableIdentifier identifier, boolean purge) {
        parts.access().requireSomebody(caller);
        Verb[] verbs = purge ? new Verb[] {Verb.DROP, Verb.MANAGE} : new Verb[] {Verb.DROP};
        lookup.existing(caller, identifier, Pointer.Kind.TABLE, verbs);
        if (!new TarnCatalog(parts, caller).dropTable(identifier, purge)) {
            throw new NoSuchTableException("Table does not exist: %s", identifier);
        }
    }

    /** Gives a table another name; grants follow it. */
    public void rename(Caller caller, TableIdentifier from, TableIdentifier to) {
        parts.access().requireSomebody(caller);
        lookup.existing(caller, from, Pointer.Kind.TABLE, Verb.MANAGE);
        lookup.makeable(caller, to);
        new TarnCatalog(parts, caller).renameTable(from, to);
    }

    /** How a table that is elsewhere stands to a name here. */
    public enum Standing {
        /** It can be registered. */
        FREE,
        /** It is the one that has the name. */
        HERE,
        /** Another table or view has the name. */
        TAKEN
    }

    /**
     * What {@link #register} would come to, in a namespace that may still have to be made; nothing changes.
     *
     * @throws RuntimeException why it would be refused
     */
    public Standing standing(Caller caller, TableIdentifier identifier, String metadataLocation) {
        parts.access().requireSomebody(caller);
        TableName name = lookup.adoptable(caller, identifier);
        TableRegistration registration = new TableRegistration(parts, caller, name);
        Optional<Pointer> taken = parts.store().find(caller.tenantId(), name.namespaceText(), name.table());
        if (taken.isEmpty()) {
            registration.check(metadataLocation);
            return Standing.FREE;
        }
        boolean seen = lookup.find(caller, identifier).isPresent();
        return seen && registration.isVersion(taken.get(), metadataLocation) ? Standing.HERE : Standing.TAKEN;
    }

    /**
     * Makes a table of one that is there already: nothing is copied. One that takes the place of another is a version of that one,
     * and then all else stays; or that one is dropped in the same transaction, and can be brought back for a while.
     */
    public TableMetadata register(Caller caller, Namespace namespace, RegisterTableRequest request) {
        parts.access().requireSomebody(caller);
        request.validate();
        TableIdentifier identifier = TableIdentifier.of(namespace, request.name());
        TableName name = lookup.makeable(caller, identifier);
        boolean taken = parts.store()
                .find(caller.tenantId(), name.namespaceText(), name.table())
                .filter(there -> there.kind() == Pointer.Kind.TABLE)
                .isPresent();
        if (taken && request.overwrite()) {
            return registerOver(caller, identifier, name, request.metadataLocation());
        }
        requireFree(caller, identifier);
        return new TableRegistration(parts, caller, name).register(request.metadataLocation());
    }

    private TableMetadata registerOver(Caller caller, TableIdentifier identifier, TableName name, String location) {
        ExactLookup.Found found = lookup.whole(caller, identifier, Pointer.Kind.TABLE, Verb.MANAGE, Verb.DROP);
        TableRegistration registration = new TableRegistration(parts, caller, name);
        if (registration.isVersion(found.pointer(), location)) {
            return registration.restore(found.pointer(), location);
        }
        try (StagedCatalog staged = new StagedCatalog(parts, views, caller.tenantId())) {
            CatalogParts staging = staged.tables().parts();
            new TarnCatalog(staging, caller).dropTable(identifier, false);
            TableMetadata made = new TableRegistration(staging, caller, name, parts.dropped()).register(location);
            if (staged.commit(() -> together.accept(new Effect.Metadata(location)))) {
                return made;
            }
        }
        throw new CommitFailedException("Cannot register over %s: the table has changed", name.text());
    }
}
