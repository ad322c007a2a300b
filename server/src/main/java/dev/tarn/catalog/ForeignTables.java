package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.exceptions.NotFoundException;

/**
 * Tables that another's catalog tells of. Whatever it says, no file is read but of the tenant's own warehouse and of folders that
 * the operator granted; whether the caller may know of the table is the business of whoever knows that catalog.
 */
public final class ForeignTables {
    private final CatalogParts parts;

    ForeignTables(CatalogParts parts) {
        this.parts = parts;
    }

    /**
     * A table.
     *
     * @param name what it is called here
     * @param metadata the metadata file's JSON when the catalog has sent it; else the file is read
     * @throws TarnException {@code INVALID_REQUEST} for a file that may not be read, or is no table's metadata
     */
    public ForeignTable open(Caller caller, TableName name, String metadataLocation, Optional<String> metadata) {
        parts.access().requireSomebody(caller);
        if (metadata.isEmpty()) {
            TableRegistration.requireOwn(parts, caller, metadataLocation);
        }
        TableMetadata read = read(name, metadataLocation, metadata);
        return new ForeignTable(parts, name, read, TableRegistration.mayUse(parts, caller, read.location()));
    }

    private TableMetadata read(TableName name, String location, Optional<String> metadata) {
        try {
            return metadata.map(json -> TableMetadataParser.fromJson(location.isEmpty() ? null : location, json))
                    .orElseGet(() -> TableMetadataParser.read(parts.files().newInputFile(location)));
        } catch (NotFoundException e) {
            throw unreadable(name, "its metadata file is not there", e);
        } catch (RuntimeException e) {
            throw unreadable(name, "its metadata is no table's, or is cut off", e);
        }
    }

    private static TarnException unreadable(TableName name, String why, RuntimeException cause) {
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The table %s cannot be read: %s".formatted(name.textInCatalog(), why),
                cause);
    }
}
