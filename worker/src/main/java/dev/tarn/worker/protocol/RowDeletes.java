package dev.tarn.worker.protocol;

import java.util.List;
import java.util.Optional;

/**
 * Rows of a table's files that are no rows of the table, as Parquet files of the server's.
 *
 * @param positions rows by {@code file} (the path of a {@link SourceFile}) and {@code pos} (its place in it, from 0)
 * @param scopes of each file that has {@link #equal equal} deletes, rows of a file, its sequence number (seq) and scope
 * @param equal rows by some of their values
 */
public record RowDeletes(Optional<String> positions, Optional<String> scopes, List<Equal> equal) {
    /**
     * Rows with the same values in some columns, in files of the same scope with a lesser sequence number; NULL is the same as NULL.
     *
     * @param keys the columns, some of which the table may not have any more
     * @param path of rows of a sequence number (seq), a scope and the values (k0, k1, ...) in the order of the keys
     * @param everywhere whether the scope does not matter
     */
    public record Equal(List<SourceColumn> keys, String path, boolean everywhere) {}
}
