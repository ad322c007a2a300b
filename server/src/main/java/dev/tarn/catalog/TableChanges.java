package dev.tarn.catalog;

import dev.tarn.access.Audit.Outcome;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Rights;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.WriteIntent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.jspecify.annotations.Nullable;

/** What tables are beside their columns and rows, and tables that were dropped. */
public final class TableChanges {
    private static final int BATCH = 20;

    private final CatalogParts parts;
    private final Tables tables;

    TableChanges(CatalogParts parts, Tables tables) {
        this.parts = parts;
        this.tables = tables;
    }

    /** The same on another catalog, or one whose changes become true in another way. */
    public TableChanges on(Caller caller, Tables others) {
        parts.access().requireSomebody(caller);
        return new TableChanges(others.parts(), others);
    }

    /**
     * Changes what a table is beside its columns, in one commit.
     *
     * @return the table afterwards
     * @throws TarnException {@code INVALID_REQUEST} for what Iceberg's rules or ours do not allow, {@code NOT_FOUND} and {@code
     *     ALREADY_EXISTS} of tags and branches, {@code FORBIDDEN} for who may not be told of all columns
     */
    public TableDefinition alter(Caller caller, TableName name, TableEdit edit) {
        parts.access().requireSomebody(caller);
        Tables.Opened table = tables.open(caller, Verb.MANAGE, name);
        Tables.requireAllTold(table);
        TableMetadata changed = new MetadataEdit(parts, caller, table.name(), Verb.MANAGE, TableEditing.facts(edit))
                .apply(table.metadata(), new TableEditing(table.name(), edit));
        return TableDefinition.of(Descriptions.of(table.name(), changed, table.rights()), changed);
    }

    /**
     * What a new table like this one begins with.
     *
     * @throws TarnException {@code FORBIDDEN} for who may not be told of all columns
     */
    public TablePattern pattern(Caller caller, TableName name) {
        parts.access().requireSomebody(caller);
        Tables.Opened table = tables.open(caller, Verb.DESCRIBE, name);
        Tables.requireAllTold(table);
        return TablePattern.of(table.metadata());
    }

    /** Who could drop it; its grants are kept with it. */
    static boolean mayBringBack(Rights rights, DroppedTable table) {
        return rights.allow(Verb.DROP, table.resource());
    }

    /** A page of {@link Tables#dropped}. */
    public Page<DroppedTableSummary> dropped(Caller caller, PageRequest page) {
        parts.access().requireSomebody(caller);
        List<DroppedTableSummary> all = tables.dropped(caller);
        List<DroppedTableSummary> rest = page.cursor().isEmpty()
                ? all
                : all.stream()
                        .dropWhile(table ->
                                !table.id().toString().equals(page.cursor().get()))
                        .skip(1)
                        .toList();
        return Page.of(rest, page.limit(), last -> last.id().toString());
    }

    /**
     * Brings back the table of that name that was dropped last, with its versions, files and grants.
     *
     * @param wanted the name that it gets; its old one when absent
     * @throws TarnException {@code UNKNOWN_TABLE} when nobody dropped it, or too long ago, or the caller may not; {@code
     *     ALREADY_EXISTS} when the name is taken, {@code UNKNOWN_NAMESPACE}
     */
    public TableName undrop(Caller caller, TableName name, Optional<TableName> wanted) {
        parts.access().requireSomebody(caller);
        Rights rights = parts.rights(caller);
        List<DroppedTable> found =
                new ArrayList<>(parts.dropped().named(caller.tenantId(), name.namespaceText(), name.table(), BATCH));
        found.removeIf(table -> !mayBringBack(rights, table));
        DroppedTable table = found.stream()
                .filter(known -> known.name().equals(name.table()))
                .findFirst()
                .or(() -> found.stream().findFirst())
                .orElseThrow(() -> unknown(name));
        return bringBack(caller, table, wanted);
    }

    /**
     * Brings back one that {@link Tables#dropped} has listed.
     *
     * @throws TarnException {@code NOT_FOUND} when it is there no more, or the caller may not; else as {@link #undrop(Caller,
     *     TableName, Optional)}
     */
    public TableName undrop(Caller caller, UUID id, Optional<TableName> wanted) {
        parts.access().requireSomebody(caller);
        Rights rights = parts.rights(caller);
        DroppedTable table = parts.dropped()
                .find(caller.tenantId(), id)
                .filter(known -> mayBringBack(rights, known))
                .orElseThrow(() -> new TarnException(
                        ErrorCode.NOT_FOUND,
                        "There is no dropped table with the id %s that you could bring back; list the dropped tables"
                                .formatted(id)));
        return bringBack(caller, table, wanted);
    }

    private TableName bringBack(Caller caller, DroppedTable table, Optional<TableName> wanted) {
        TableName target = tables.lookup().newName(caller, wanted.orElseGet(table::asItWas));
        try {
            if (!new DroppedTableCommit(parts, caller).bringBack(table, target)) {
                throw unknown(table.asItWas());
            }
        } catch (AlreadyExistsException e) {
            throw OpenWrite.alreadyExists(target, e);
        } catch (NoSuchNamespaceException e) {
            throw new TarnException(
                    ErrorCode.UNKNOWN_NAMESPACE,
                    "There is no namespace %s any more; make it first, or bring the table back under another name"
                            .formatted(TableName.namespaceFullName(target.namespaceText())),
                    e);
        }
        return target;
    }

    private static TarnException unknown(TableName name) {
        return new TarnException(
                ErrorCode.UNKNOWN_TABLE,
                "There is no dropped table %s that you could bring back; SHOW DROPPED TABLES lists them"
                        .formatted(name.text()));
    }

    /** Removes the files of tables whose time has come. */
    static void sweep(CatalogParts parts) {
        for (DroppedTable table : parts.dropped().expired(parts.clock().instant(), BATCH)) {
            AtomicReference<@Nullable WriteIntent> discarded = new AtomicReference<>();
            parts.database().inTransaction(() -> {
                discarded.set(null);
                if (parts.dropped().remove(table)) {
                    String name = table.asItWas().text();
                    parts.access().forget(table.caller(), table.resource());
                    parts.audit()
                            .record(
                                    table.caller(),
                                    Verb.DROP,
                                    Resource.table(name),
                                    Outcome.DONE,
                                    Map.of(
                                            "what",
                                            "files",
                                            "dropped_at",
                                            table.droppedAt().toString()));
                    discarded.set(parts.intents().discard(table.tenantId(), name, table.location()));
                }
                return true;
            });
            WriteIntent intent = discarded.get();
            if (intent != null) {
                parts.intents().clean(intent);
            }
        }
    }
}
