package dev.tarn.storage;

import java.util.Optional;
import java.util.UUID;

/** The rows of files that were given up. */
interface DoomedFileStore {
    /** In a transaction: one more time at which files are given up. Others wait for the end of this one. */
    long nextEpoch();

    void insert(DoomedBatch batch);

    /** The first of an epoch up to that one, behind another. */
    Optional<DoomedBatch> next(long upTo, Optional<DoomedBatch> after);

    /** A table's, behind another in the order of their ids. */
    Optional<DoomedBatch> ofTable(UUID tenantId, String location, Optional<DoomedBatch> after);

    /** How many files of a table are there still. */
    long count(UUID tenantId, String location);

    void remove(DoomedBatch batch);
}
