package dev.tarn.storage;

import java.util.List;
import java.util.UUID;

/**
 * Some hundreds of files of one table that were given up together.
 *
 * @param epoch when
 * @param location the table's
 */
record DoomedBatch(UUID tenantId, UUID id, long epoch, String location, List<DoomedFile> files) {
    DoomedBatch {
        files = List.copyOf(files);
    }
}
