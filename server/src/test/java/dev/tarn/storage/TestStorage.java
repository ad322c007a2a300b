package dev.tarn.storage;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The storage of one server process, whose every step can fail. */
public record TestStorage(
        Warehouse warehouse, TableFiles files, WriteIntents intents, Readers readers, DoomedFiles doomed) {

    public static TestStorage on(Database database, Path warehouseFolder, Ids ids, Clock clock, Faults faults) {
        Warehouse warehouse = new Warehouse(
                warehouseFolder, List.of(warehouseFolder.resolveSibling("granted")), warehouseFolder, ids);
        TableFiles files = new TableFiles(warehouse, new FailingDisk(new LocalDisk(), faults));
        WriteIntentStore store = FailingStores.of(WriteIntentStore.class, new JdbcWriteIntentStore(database), faults);
        Readers readers =
                new Readers(FailingStores.of(ReaderStore.class, new JdbcReaderStore(database), faults), ids, clock);
        DoomedFileStore doomed = FailingStores.of(DoomedFileStore.class, new JdbcDoomedFileStore(database), faults);
        return new TestStorage(
                warehouse,
                files,
                new WriteIntents(store, files, ids, clock),
                readers,
                new DoomedFiles(doomed, readers, files, ids));
    }

    /** The platform's own files. */
    public Blobs blobs() {
        return new Blobs(warehouse, files, intents);
    }

    /** Says that this server lives, as its heartbeats do. */
    public void renew() {
        intents.renew();
        readers.beat();
    }
}
