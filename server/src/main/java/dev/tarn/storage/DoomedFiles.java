package dev.tarn.storage;

import dev.tarn.platform.Ids;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of tables that no version names any more, on their way out. The transaction that makes them useless writes them down;
 * whoever sweeps afterwards, on any server, deletes those that nobody can be reading any more ({@link Readers}), and then their
 * rows. A sweep that is cut off is gone on with by the next one: to delete a file that is gone is no failure.
 */
public final class DoomedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(DoomedFiles.class);

    /** As many as make a row of some ten thousand characters. */
    private static final int OF_BATCH = 200;

    private final DoomedFileStore store;
    private final Readers readers;
    private final TableFiles files;
    private final Ids ids;

    DoomedFiles(DoomedFileStore store, Readers readers, TableFiles files, Ids ids) {
        this.store = store;
        this.readers = readers;
        this.files = files;
        this.ids = ids;
    }

    /** In the transaction that makes files useless: from then on they are to go, those that are below the table's location. */
    public void add(UUID tenantId, String location, List<DoomedFile> doomed) {
        if (doomed.isEmpty()) {
            return;
        }
        long epoch = store.nextEpoch();
        for (int from = 0; from < doomed.size(); from += OF_BATCH) {
            List<DoomedFile> part = doomed.subList(from, Math.min(from + OF_BATCH, doomed.size()));
            store.insert(new DoomedBatch(tenantId, ids.next(), epoch, location, part));
        }
    }

    /** Deletes what nobody reads any more; what fails is tried again by the next sweep. */
    public void sweep() {
        long unread = readers.unread();
        Optional<DoomedBatch> batch = store.next(unread, Optional.empty());
        while (batch.isPresent()) {
            delete(batch.get());
            batch = store.next(unread, batch);
        }
    }

    /** {@link #sweep}, whose failure is another sweep's. */
    public void trySweep() {
        try {
            sweep();
        } catch (RuntimeException e) {
            LOG.warn("Files that no table has any more are removed later", e);
        }
    }

    private void delete(DoomedBatch batch) {
        try {
            for (DoomedFile file : batch.files()) {
                files.deleteOwn(batch.location(), file.file());
            }
            store.remove(batch);
        } catch (RuntimeException e) {
            LOG.warn("Some files that a table at {} has no more are removed later", batch.location(), e);
        }
    }

    /** How many files of a table wait for the end of what is read. */
    public long waiting(UUID tenantId, String location) {
        return store.count(tenantId, location);
    }

    /** Names those files. */
    public void waiting(UUID tenantId, String location, Consumer<String> each) {
        Optional<DoomedBatch> batch = store.ofTable(tenantId, location, Optional.empty());
        while (batch.isPresent()) {
            batch.get().files().forEach(file -> each.accept(file.file()));
            batch = store.ofTable(tenantId, location, batch);
        }
    }
}
