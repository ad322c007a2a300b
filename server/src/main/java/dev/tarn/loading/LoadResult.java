package dev.tarn.loading;

import java.util.List;
import java.util.function.Predicate;
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

    /** The same without the other columns, and then without warnings, which may name one. */
    LoadResult telling(Predicate<String> told) {
        List<StoredColumn> left =
                columns.stream().filter(column -> told.test(column.name())).toList();
        List<String> harmless = left.size() == columns.size() ? warnings : List.of();
        return new LoadResult(rows, rejectedRows, files, bytesWritten, left, snapshotId, harmless);
    }

    /** A column and its type in Tarn's words. */
    public record StoredColumn(String name, String type) {}
}
