package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Rights;
import dev.tarn.access.TableRights;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.metrics.MetricsReporter;

/** The tables of the caller's tenant. */
public final class Tables {
    private static final MetricsReporter SILENT = report -> {};

    private static final int MOST_DROPPED = 1_000;

    private final CatalogParts parts;
    private final Lookup lookup;

    Tables(CatalogParts parts) {
        this.parts = parts;
        this.lookup = new Lookup(parts);
    }

    CatalogParts parts() {
        return parts;
    }

    Lookup lookup() {
        return lookup;
    }

    /** The namespaces, by name. */
    public Page<NamespaceSummary> namespaces(Caller caller, PageRequest page) {
        parts.access().requireSomebody(caller);
        List<NamespaceSummary> found =
                lookup.visible(caller).namespaces(Cursors.place(page.cursor()).namespace(), page.limit() + 1);
        return Page.of(found, page.limit(), last -> Cursors.of(new CatalogStore.Place(last.name(), "")));
    }

    /**
     * The tables, by namespace and name, with their columns.
     *
     * @param namespace levels joined by dots, exactly or as a unique match of another case; all namespaces when empty
     */
    public Page<TableDescription> tables(Caller caller, Optional<String> namespace, PageRequest page) {
        parts.access().requireSomebody(caller);
        UUID tenant = caller.tenantId();
        Rights rights = parts.rights(caller);
        Visible visible = Visible.to(rights, parts.store(), tenant);
        Optional<String> found = namespace.map(
                name -> lookup.resolver(caller).existingNamespace(String.join(".", TableName.parseNamespace(name))));
        List<Pointer> pointers = visible.tables(found, Cursors.place(page.cursor()), page.limit() + 1);
        Page<Pointer> part = Page.of(
                pointers, page.limit(), last -> Cursors.of(new CatalogStore.Place(last.namespace(), last.name())));
        return new Page<>(
                part.items().stream()
                        .flatMap(pointer -> described(tenant, pointer, rights))
                        .toList(),
                part.next());
    }

    /** The first tables by namespace and name, up to {@code most} of them: rights are read once, as for one page. */
    public List<TableDescription> all(Caller caller, int most) {
        parts.access().requireSomebody(caller);
        Rights rights = parts.rights(caller);
        return Visible.to(rights, parts.store(), caller.tenantId())
                .tables(Optional.empty(), CatalogStore.Place.START, most)
                .stream()
                .flatMap(pointer -> described(caller.tenantId(), pointer, rights))
                .toList();
    }

    /** One table or view. */
    public TableDescription describe(Caller caller, TableName name) {
        parts.access().requireSomebody(caller);
        Lookup.Located found = lookup.located(caller, Verb.DESCRIBE, name, Optional.empty());
        if (found.pointer().kind() == Pointer.Kind.VIEW) {
            return Descriptions.of(
                    found.name(), parts.metadata().readView(found.pointer().location()));
        }
        Opened table = open(caller, name, found);
        return Descriptions.of(table.name(), table.metadata(), table.rights());
    }

    /** What it takes to make a table like this one, as far as the caller is told. */
    public TableDefinition definition(Caller caller, TableName name) {
        parts.access().requireSomebody(caller);
        Opened table = open(caller, Verb.DESCRIBE, name);
        return TableDefinition.of(Descriptions.of(table.name(), table.metadata(), table.rights()), table.metadata());
    }

    /**
     * The table or view that a name means: the one of exactly that name, or else the only one that differs in case alone (of the
     * letters A to Z).
     *
     * @throws TarnException {@code UNKNOWN_TABLE}, {@code UNKNOWN_NAMESPACE}, or {@code INVALID_REQUEST} when several
     *     differ in case alone
     */
    public TableName resolve(Caller caller, TableName name) {
        parts.access().requireSomebody(caller);
        return Resolver.named(lookup.resolver(caller).existing(name));
    }

    /**
     * The full name of the namespace that its levels mean, found as by {@link #resolve}.
     *
     * @throws TarnException {@code UNKNOWN_NAMESPACE} also for one of which the caller sees nothing
     */
    public String namespace(Caller caller, List<String> levels) {
        parts.access().requireSomebody(caller);
        return TableName.namespaceFullName(namespaceText(caller, levels));
    }

    /** Its levels joined by dots. */
    String namespaceText(Caller caller, List<String> levels) {
        return lookup.resolver(caller).existingNamespace(String.join(".", TableName.checkedNamespace(levels)));
    }

    /** How a table came to be what it is; empty when there is none of that name. */
    public Optional<TableLineage> lineage(Caller caller, TableName name) {
        parts.access().requireSomebody(caller);
        return lookup.found(caller, name)
                .map(pointer -> open(caller, Verb.DESCRIBE, Resolver.named(pointer)))
                .map(table -> new TableLineage(table.metadata(), table.rights()));
    }

    /** The table as a statement reads it, resolved as by {@link #resolve}. */
    public ReadableTable read(Caller caller, TableName name) {
        return read(caller, name, TableVersion.NEWEST);
    }

    /**
     * A version of the table.
     *
     * @throws TarnException {@code NOT_FOUND} when it has no such version
     */
    public ReadableTable read(Caller caller, TableName name, TableVersion version) {
        parts.access().requireSomebody(caller);
        return read(open(caller, Verb.SELECT, name), version);
    }

    /** The same; empty when the name is that of a view. */
    public Optional<ReadableTable> readUnlessView(Caller caller, TableName name, TableVersion version) {
        parts.access().requireSomebody(caller);
        Lookup.Located found = lookup.located(caller, Verb.SELECT, name, Optional.empty());
        return found.pointer().kind() == Pointer.Kind.VIEW
                ? Optional.empty()
                : Optional.of(read(open(caller, name, found), version));
    }

    ReadableTable read(Opened table, TableVersion version) {
        TableMetadata metadata = PastMetadata.of(
                table.name(), table.metadata(), version, table.rights().isLimited());
        Snapshot snapshot = metadata.currentSnapshot();
        if (snapshot != null) {
            parts.ownFiles().check(metadata.location(), snapshot);
        }
        return new ReadableTable(
                table.name(),
                new BaseTable(
                        new StaticTableOperations(metadata, parts.files()),
                        table.name().text(),
                        SILENT),
                metadata.schema(),
                snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId()),
                table.rights());
    }

    /**
     * Begins a write; the caller must close it.
     *
     * @throws TarnException {@code ALREADY_EXISTS} for CREATE, {@code UNKNOWN_TABLE} or {@code UNKNOWN_NAMESPACE} else
     */
    public TableWrite begin(Caller caller, TableName name, WriteMode mode) {
        return begin(caller, name, mode, TableVersion.NEWEST);
    }

    /**
     * The same to a branch.
     *
     * @param version the newest one, or a branch; CREATE and REPLACE know no branches
     * @throws TarnException {@code NOT_FOUND} when the table has no such branch
     */
    public TableWrite begin(Caller caller, TableName name, WriteMode mode, TableVersion version) {
        parts.access().requireSomebody(caller);
        return new BegunWrites(parts, this).begin(caller, name, mode, version);
    }

    /**
     * Changes what is said about a table, in one commit.
     *
     * @return the table afterwards
     * @throws TarnException {@code INVALID_REQUEST} for a column that it lacks, and texts and tags beyond the limits
     */
    public TableDescription alter(Caller caller, TableName name, TableEdits edits) {
        parts.access().requireSomebody(caller);
        Opened table = open(caller, Verb.ALTER, name);
        for (String column : edits.columns().keySet()) {
            if (!table.rights().tells(column)) {
                throw TableAnnotations.unknownColumn(table.name(), column);
            }
        }
        return Descriptions.of(
                table.name(),
                new TableAnnotations(parts, caller, table.name()).apply(table.metadata(), edits),
                table.rights());
    }

    /**
     * Changes a table's columns, in one commit.
     *
     * @return the table afterwards
     * @throws TarnException {@code INVALID_REQUEST} for what Iceberg's rules do not allow, {@code ALREADY_EXISTS} for a name that
     *     is taken, {@code FORBIDDEN} for who may not be told of all columns
     */
    public TableDescription alterColumns(Caller caller, TableName name, List<SchemaEdit> edits) {
        parts.access().requireSomebody(caller);
        Opened table = open(caller, Verb.MANAGE, name);
        requireAllTold(table);
        Map<String, Object> facts = Map.of(
                "columns", edits.stream().map(SchemaEdit::column).distinct().toList(), "what", "schema");
        TableMetadata changed = new MetadataEdit(parts, caller, table.name(), Verb.MANAGE, facts)
                .apply(table.metadata(), new SchemaEdits(table.name(), edits));
        return Descriptions.of(table.name(), changed, table.rights());
    }

    /**
     * Gives a table another name, in the same namespace or another; grants follow it.
     *
     * @throws TarnException {@code ALREADY_EXISTS}, {@code UNKNOWN_NAMESPACE}
     */
    public void rename(Caller caller, TableName name, TableName target) {
        parts.access().requireSomebody(caller);
        Opened table = open(caller, Verb.MANAGE, name);
        TableName wanted = lookup.newName(caller, target);
        new TableRename(parts, caller).apply(table.name(), wanted);
    }

    /** One that is there already, and not for the caller, would be told from one that is new. */
    static void requireAllTold(Opened table) {
        boolean all = table.metadata().schema().columns().stream()
                .allMatch(column -> table.rights().tells(column.name()));
        if (!all) {
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "The columns of %s can be changed by those alone who may see all that it has"
                            .formatted(table.name().text()));
        }
    }

    /** The table's versions that can still be read, newest first. */
    public Page<SnapshotDescription> snapshots(Caller caller, TableName name, PageRequest page) {
        parts.access().requireSomebody(caller);
        Opened table = open(caller, Verb.DESCRIBE, name);
        List<SnapshotDescription> all = table.metadata().snapshots().reversed().stream()
                .map(snapshot -> Descriptions.of(snapshot, table.metadata(), table.rights()))
                .toList();
        List<SnapshotDescription> rest = page.cursor().isEmpty()
                ? all
                : all.stream()
                        .dropWhile(snapshot -> !Long.toString(snapshot.id())
                                .equals(Cursors.place(page.cursor()).name()))
                        .skip(1)
                        .toList();
        return Page.of(
                rest, page.limit(), last -> Cursors.of(new CatalogStore.Place("snapshot", Long.toString(last.id()))));
    }

    /** Removes the table; for a while it can be brought back, and then its files go ({@link TableChanges#undrop}). */
    public void drop(Caller caller, TableName name) {
        parts.access().requireSomebody(caller);
        DroppedTableCommit commit = new DroppedTableCommit(parts, caller);
        Opened table;
        do {
            table = open(caller, Verb.DROP, name);
        } while (!commit.setAside(
                table.name(), table.pointer(), table.metadata().location()));
    }

    /** Removes the table and its files at once, for those who may manage it. */
    public void purge(Caller caller, TableName name) {
        parts.access().requireSomebody(caller);
        PointerCommit commit = new PointerCommit(parts, caller);
        Opened table;
        do {
            open(caller, Verb.MANAGE, name);
            table = open(caller, Verb.DROP, name);
        } while (!commit.remove(
                table.name(), table.pointer(), Optional.of(table.metadata().location()), Verb.DROP));
    }

    /** The dropped tables that the caller can bring back, the one that was dropped last first. */
    public List<DroppedTableSummary> dropped(Caller caller) {
        parts.access().requireSomebody(caller);
        Rights rights = parts.rights(caller);
        return parts.dropped().list(caller.tenantId(), MOST_DROPPED).stream()
                .filter(table -> TableChanges.mayBringBack(rights, table))
                .map(DroppedTable::summary)
                .toList();
    }

    Opened open(Caller caller, Verb verb, TableName asked) {
        return open(caller, asked, lookup.located(caller, verb, asked, Optional.of(Pointer.Kind.TABLE)));
    }

    private Opened open(Caller caller, TableName asked, Lookup.Located table) {
        try {
            return new Opened(
                    table.name(),
                    table.pointer(),
                    parts.metadata().read(table.pointer().location()),
                    table.rights());
        } catch (NotFoundException e) {
            // Between the row and the file somebody may have dropped the table, or moved it far on.
            Pointer again = lookup.resolver(caller).table(asked);
            if (again.location().equals(table.pointer().location())) {
                throw MetadataCache.lost(table.name(), e);
            }
            return new Opened(table.name(), again, parts.metadata().read(again.location()), table.rights());
        }
    }

    private Stream<TableDescription> described(UUID tenant, Pointer pointer, Rights rights) {
        TableName name = Resolver.named(pointer);
        try {
            if (pointer.kind() == Pointer.Kind.VIEW) {
                return Stream.of(Descriptions.of(name, parts.metadata().readView(pointer.location())));
            }
            return Stream.of(Descriptions.of(
                    name, parts.metadata().read(pointer.location()), rights.table(Resource.table(name.text()))));
        } catch (NotFoundException e) {
            Optional<Pointer> again = parts.store().find(tenant, pointer.namespace(), pointer.name());
            if (again.isPresent() && again.get().location().equals(pointer.location())) {
                throw MetadataCache.lost(name, e);
            }
            return again.stream().flatMap(moved -> described(tenant, moved, rights));
        }
    }

    /** A table with its metadata. */
    record Opened(TableName name, Pointer pointer, TableMetadata metadata, TableRights rights) {}
}
