package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.TableRights;
import dev.tarn.access.Verb;
import dev.tarn.storage.WriteIntent;
import java.util.UUID;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/** Begins writes: the right that each needs, its intent, and the folder of its files. */
final class BegunWrites {
    private final CatalogParts parts;
    private final Tables tables;

    BegunWrites(CatalogParts parts, Tables tables) {
        this.parts = parts;
        this.tables = tables;
    }

    TableWrite begin(Caller caller, TableName name, WriteMode mode, TableVersion version) {
        return switch (mode) {
            case CREATE -> create(caller, name);
            case APPEND -> change(caller, name, mode, Verb.INSERT, version);
            case REPLACE, OVERWRITE -> change(caller, name, mode, Verb.DROP, version);
            case CHANGE -> change(caller, name, mode, Verb.UPDATE, version);
            case MERGE -> {
                tables.open(caller, Verb.INSERT, name);
                yield change(caller, name, mode, Verb.UPDATE, version);
            }
        };
    }

    private TableWrite create(Caller caller, TableName asked) {
        UUID tenant = caller.tenantId();
        TableName name = tables.lookup().newName(caller, asked);
        String location = parts.warehouse().newTableLocation(tenant, name.namespace(), name.table());
        WriteIntent intent = parts.intents().begin(tenant, name.text(), location, true);
        return open(caller, name, WriteMode.CREATE, TableVersion.NEWEST, intent, null, TableRights.FULL);
    }

    private TableWrite change(Caller caller, TableName asked, WriteMode mode, Verb verb, TableVersion version) {
        Tables.Opened table = tables.open(caller, verb, asked);
        TableMetadata metadata = table.metadata();
        if (version instanceof TableVersion.Named(String branch)) {
            PastMetadata.requireBranch(table.name(), metadata, branch);
        }
        WriteIntent intent =
                parts.intents().begin(caller.tenantId(), table.name().text(), metadata.location(), false);
        return open(caller, table.name(), mode, version, intent, metadata, table.rights());
    }

    private TableWrite open(
            Caller caller,
            TableName name,
            WriteMode mode,
            TableVersion version,
            WriteIntent intent,
            @Nullable TableMetadata existing,
            TableRights readable) {
        try {
            return new OpenWrite(
                    parts,
                    caller,
                    name,
                    mode,
                    version,
                    intent,
                    parts.files().createFolder(intent.location() + "/data"),
                    existing,
                    readable);
        } catch (RuntimeException e) {
            parts.intents().abort(intent);
            throw e;
        }
    }
}
