package dev.tarn.catalog;

import dev.tarn.access.TableRights;
import java.util.OptionalLong;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;

/**
 * A table to plan a scan on, as it was when it was read: its metadata does not change under a running statement.
 *
 * @param name full name, in the case it was made with
 * @param table Iceberg's view of it; for scan planning, never for commits
 * @param schema all columns of the version
 * @param snapshotId the snapshot that it sees; empty for a table that never had one
 * @param rights what the caller may read of it: something, and not always all
 */
public record ReadableTable(TableName name, Table table, Schema schema, OptionalLong snapshotId, TableRights rights) {
    /** The property of a table that says so; see {@link #hasPartialFiles}. */
    static final String PARTIAL_FILES = "tarn.partial-files";

    /** Whether there are files that lack some of the columns, though none was ever added. */
    public boolean hasPartialFiles() {
        return table.properties().containsKey(PARTIAL_FILES);
    }
}
