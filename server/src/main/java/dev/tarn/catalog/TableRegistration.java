package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * Gives a name to a table whose metadata file is there already: one of a folder that the operator granted, or one that was dropped
 * and whose files are kept; then it is dropped no more.
 */
final class TableRegistration {
    private final CatalogParts parts;
    private final Caller caller;
    private final TableName name;
    private final DroppedTableStore dropped;

    TableRegistration(CatalogParts parts, Caller caller, TableName name) {
        this(parts, caller, name, parts.dropped());
    }

    /** @param dropped the tables that are dropped when this becomes true */
    TableRegistration(CatalogParts parts, Caller caller, TableName name, DroppedTableStore dropped) {
        this.parts = parts;
        this.dropped = dropped;
        this.caller = caller;
        this.name = name;
    }

    TableMetadata register(String metadataLocation) {
        requireOwn(parts, caller, metadataLocation);
        TableMetadata metadata = read(metadataLocation);
        Optional<DroppedTable> kept = requireDropped(metadata);
        TarnTableOperations operations = new TarnTableOperations(
                parts, caller, name, null, () -> kept.ifPresent(this::forget), location -> false);
        operations.commit(null, metadata);
        return operations.committed();
    }

    /**
     * Whether a metadata file is one of the table that a pointer points to: a version that it had, or that another has made of it.
     * Of a table whose own metadata is lost nobody knows.
     */
    boolean isVersion(Pointer pointer, String metadataLocation) {
        requireOwn(parts, caller, metadataLocation);
        TableMetadata there = read(metadataLocation);
        if (pointer.kind() != Pointer.Kind.TABLE) {
            return false;
        }
        try {
            TableMetadata here = parts.metadata().read(pointer.location());
            return here.location().equals(there.location()) && Objects.equals(here.uuid(), there.uuid());
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** Makes the table what a metadata file of its own says; its files, its name and the grants on it stay. */
    TableMetadata restore(Pointer pointer, String metadataLocation) {
        TableMetadata begun = parts.metadata().read(pointer.location());
        TableMetadata wanted = read(metadataLocation);
        Map<String, Object> facts = Map.of("changes", "RegisterTable", "through", "catalog");
        return new MetadataEdit(parts, caller, name, Verb.MANAGE, facts).apply(begun, (now, operations) -> {
            if (!now.location().equals(wanted.location())) {
                throw new CommitFailedException("The table %s was moved meanwhile", name.text());
            }
            return metadataLocation.equals(now.metadataFileLocation()) ? now : wanted;
        });
    }

    /** Returns when the caller may name a metadata file; whether it may have what the file names is told by {@link TableLocations}. */
    static void requireOwn(CatalogParts parts, Caller caller, String metadataLocation) {
        if (!mayUse(parts, caller, metadataLocation)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The metadata file is neither in the tenant's warehouse nor in a folder that was granted; "
                            + "the operator grants folders with the setting tarn.storage.roots");
        }
    }

    static boolean mayUse(CatalogParts parts, Caller caller, String location) {
        try {
            return parts.warehouse().belongsTo(caller.tenantId(), location);
        } catch (TarnException outside) {
            return false;
        }
    }

    /** Returns when the table could be registered; nothing changes. */
    void check(String metadataLocation) {
        requireOwn(parts, caller, metadataLocation);
        TableMetadata metadata = read(metadataLocation);
        if (!mayUse(parts, caller, metadata.location())) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The table's files are at %s, which is in no folder that was granted; "
                                    .formatted(metadata.location())
                            + "the operator grants folders with the setting tarn.storage.roots");
        }
        requireDropped(metadata);
        new TableLocations(parts, caller, name).check(null, metadata, false);
    }

    private Optional<DroppedTable> requireDropped(TableMetadata metadata) {
        Optional<DroppedTable> dropped = TableLocations.dropped(parts, caller, metadata.location());
        dropped.filter(table -> !TableChanges.mayBringBack(parts.rights(caller), table))
                .ifPresent(table -> parts.access().require(caller, Verb.DROP, table.resource()));
        return dropped;
    }

    private TableMetadata read(String location) {
        try {
            return TableMetadataParser.read(parts.files().newInputFile(location));
        } catch (NotFoundException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ValidationException(e, "This is no metadata file of a table, or it is cut off: %s", location);
        }
    }

    private void forget(DroppedTable table) {
        if (!dropped.remove(table)) {
            throw new CommitFailedException("The table was brought back, or removed, at the same moment");
        }
        parts.access().forget(caller, table.resource());
    }
}
