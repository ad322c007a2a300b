package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.TableRights;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.Readers;
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

    /** A write knows the table as it was when it began, and may read its files until it ends. */
    TableWrite begin(Caller caller, TableName name, WriteMode mode, TableVersion version) {
        Readers.Registered reading = parts.readers().begin();
        try {
            return switch (mode) {
                case CREATE -> create(caller, name, reading);
                case APPEND -> change(caller, name, mode, Verb.INSERT, version, reading);
                case REPLACE, OVERWRITE -> change(caller, name, mode, Verb.DROP, version, reading);
                case CHANGE -> change(caller, name, mode, Verb.UPDATE, version, reading);
                case MERGE -> {
                    tables.open(caller, Verb.INSERT, name);
                    yield change(caller, name, mode, Verb.UPDATE, version, reading);
                }
                case REWRITE -> change(caller, name, mode, Verb.MANAGE, version, reading);
            };
        } catch (RuntimeException e) {
            reading.close();
            throw e;
        }
    }

    private TableWrite create(Caller caller, TableName asked, Readers.Registered reading) {
        UUID tenant = caller.tenantId();
        TableName name = tables.lookup().newName(caller, asked);
        String location = parts.warehouse().newTableLocation(tenant, name.namespace(), name.table());
        WriteIntent intent = parts.intents().begin(tenant, name.text(), location, true);
        return open(caller, name, WriteMode.CREATE, TableVersion.NEWEST, intent, null, TableRights.FULL, reading);
    }

    private TableWrite change(
            Caller caller,
            TableName asked,
            WriteMode mode,
            Verb verb,
            TableVersion version,
            Readers.Registered reading) {
        Tables.Opened table = tables.open(caller, verb, asked);
        TableMetadata metadata = table.metadata();
        if (mode == WriteMode.REWRITE && !table.rights().isFull()) {
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "The files of %s can be written anew by those alone who may read all of its rows and columns"
                            .formatted(table.name().text()));
        }
        if (version instanceof TableVersion.Named(String branch)) {
            PastMetadata.requireBranch(table.name(), metadata, branch);
        }
        WriteIntent intent =
                parts.intents().begin(caller.tenantId(), table.name().text(), metadata.location(), false);
        return open(caller, table.name(), mode, version, intent, metadata, table.rights(), reading);
    }

    private TableWrite open(
            Caller caller,
            TableName name,
            WriteMode mode,
            TableVersion version,
            WriteIntent intent,
            @Nullable TableMetadata existing,
            TableRights readable,
            Readers.Registered reading) {
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
                    readable,
                    reading);
        } catch (RuntimeException e) {
            parts.intents().abort(intent);
            throw e;
        }
    }
}
