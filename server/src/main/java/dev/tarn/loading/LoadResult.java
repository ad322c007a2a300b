package dev.tarn.loading;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a completed load did.
 *
 * @param rows rows added
 * @param rejectedRows rows left out
 * @param files data files written
 * @param bytesWritten of the data files
 * @param columns of the files, as they were stored
 * @param snapshotId the table's new snapshot
 * @param warnings whole sentences
 */
public record LoadResult(
        long rows,
        long rejectedRows,
        int files,
        long bytesWritten,
        List<StoredColumn> columns,
        long snapshotId,
        List<String> warnings) {

    /** The same with one more warning. */
    LoadResult warning(String sentence) {
        List<String> more =
                Stream.concat(warnings.stream(), Stream.of(sentence)).toList();
        return new LoadResult(rows, rejectedRows, files, bytesWritten, columns, snapshotId, more);
    }

    /** A column and its type in Tarn's words. */
    public record StoredColumn(String name, String type) {}
}
