package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
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

    TableRegistration(CatalogParts parts, Caller caller, TableName name) {
        this.parts = parts;
        this.caller = caller;
        this.name = name;
    }

    TableMetadata register(String metadataLocation) {
        requireOwn(parts, caller, metadataLocation);
        TableMetadata metadata = read(metadataLocation);
        Optional<DroppedTable> dropped = requireDropped(metadata);
        TarnTableOperations operations = new TarnTableOperations(
                parts, caller, name, null, () -> dropped.ifPresent(this::forget), location -> false);
        operations.commit(null, metadata);
        return operations.committed();
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

    private static boolean mayUse(CatalogParts parts, Caller caller, String location) {
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

    /** Whether the table of the name is the one of the metadata file, at whichever of its versions. */
    boolean isHere(Pointer pointer, String metadataLocation) {
        requireOwn(parts, caller, metadataLocation);
        if (pointer.kind() != Pointer.Kind.TABLE) {
            return false;
        }
        TableMetadata here = parts.metadata().read(pointer.location());
        TableMetadata there = read(metadataLocation);
        return here.location().equals(there.location()) && Objects.equals(here.uuid(), there.uuid());
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
        if (!parts.dropped().remove(table)) {
            throw new CommitFailedException("The table was brought back, or removed, at the same moment");
        }
        parts.access().forget(caller, table.resource());
    }
}
