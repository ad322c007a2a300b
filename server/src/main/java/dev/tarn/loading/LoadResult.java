package dev.tarn.loading;

import dev.tarn.catalog.TableName;
import dev.tarn.catalog.WriteMode;
import java.util.List;
import java.util.UUID;

/**
 * What a load did.
 *
 * @param id the load
 * @param rows rows added
 * @param files data files written
 * @param bytesRead of the upload as it was sent
 * @param bytesWritten of the data files
 * @param columns of the file, as they were stored
 * @param snapshotId the table's new snapshot
 * @param elapsedMs from the first byte to the commit, in milliseconds
 */
public record LoadResult(
        UUID id,
        TableName table,
        WriteMode mode,
        long rows,
        int files,
        long bytesRead,
        long bytesWritten,
        List<StoredColumn> columns,
        long snapshotId,
        long elapsedMs) {

    /** A column and its type in Tarn's words. */
    public record StoredColumn(String name, String type) {}
}
