package dev.tarn.storage;

import java.nio.file.Path;
import java.util.UUID;

/**
 * Files of the platform's own, beside the tables: what was uploaded, what a load rejected. They lie in folders that rows of the
 * platform name: a folder is kept in the transaction that writes such a row, and discarded in the one that deletes it. A write
 * intent stands for it until then, so that what a cut-off server left is found.
 */
public final class Blobs {
    private final Warehouse warehouse;
    private final TableFiles files;
    private final WriteIntents intents;

    public Blobs(Warehouse warehouse, TableFiles files, WriteIntents intents) {
        this.warehouse = warehouse;
        this.files = files;
        this.intents = intents;
    }

    /**
     * Begins a folder; the caller must close it.
     *
     * @param name of the folder, of letters, digits and dashes, and unique in the tenant
     */
    public NewBlob begin(UUID tenantId, String name) {
        String location = warehouse.blobLocation(tenantId, name);
        WriteIntent intent = intents.begin(tenantId, name, location, true);
        try {
            return new NewBlob(files, intents, intent, files.createFolder(location));
        } catch (RuntimeException e) {
            intents.abort(intent);
            throw e;
        }
    }

    /** Where a kept folder is. */
    public Path folder(UUID tenantId, String name) {
        return warehouse.path(warehouse.blobLocation(tenantId, name));
    }

    /** In the transaction that deletes the row that names it: the folder is of no use. Afterwards {@link #clean} removes it. */
    public WriteIntent discard(UUID tenantId, String name) {
        return intents.discard(tenantId, name, warehouse.blobLocation(tenantId, name));
    }

    /** Removes what {@link #discard} named, after that transaction. */
    public void clean(WriteIntent discarded) {
        intents.clean(discarded);
    }
}
