package dev.tarn.worker.protocol;

import java.util.List;

/**
 * A Parquet file on this machine.
 *
 * @param deletes whether some of its rows may be no rows of the table
 * @param constants what columns are in all of its rows when it does not have them itself
 */
public record SourceFile(String path, long sizeBytes, long rows, boolean deletes, List<Constant> constants) {
    /** The value of a column, as an expression of SQL. */
    public record Constant(int fieldId, String sql) {}

    public SourceFile(String path, long sizeBytes, long rows) {
        this(path, sizeBytes, rows, false, List.of());
    }
}
