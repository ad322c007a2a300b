package dev.tarn.catalog;

import dev.tarn.access.TableRights;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/** How a table came to be what it is. */
public final class TableLineage {
    private final TableMetadata metadata;
    private final TableRights readable;

    TableLineage(TableMetadata metadata, TableRights readable) {
        this.metadata = metadata;
        this.readable = readable;
    }

    /** Whether the caller may be told of a column. */
    public boolean tells(String column) {
        return readable.tells(column);
    }

    /** Where the table lives; no other table has lived there, whatever its name. */
    public String location() {
        return metadata.location();
    }

    /** Whether the table grew out of a snapshot: nothing has replaced all of its rows since. */
    public boolean holds(long snapshotId) {
        Snapshot snapshot = metadata.currentSnapshot();
        while (snapshot != null) {
            if (snapshot.snapshotId() == snapshotId) {
                return true;
            }
            if (leavesNothingOfBefore(snapshot)) {
                return false;
            }
            Long parent = snapshot.parentId();
            if (parent == null) {
                return false;
            }
            snapshot = metadata.snapshot(parent);
            if (snapshot == null) {
                return true; // it has expired, and its rows are here
            }
        }
        return false;
    }

    private static boolean leavesNothingOfBefore(Snapshot snapshot) {
        boolean removes = !DataOperations.APPEND.equals(snapshot.operation())
                && !DataOperations.REPLACE.equals(snapshot.operation());
        return removes
                && count(snapshot, SnapshotSummary.TOTAL_DATA_FILES_PROP)
                        == count(snapshot, SnapshotSummary.ADDED_FILES_PROP);
    }

    private static long count(Snapshot snapshot, String property) {
        @Nullable String text = snapshot.summary().get(property);
        return text == null ? 0 : Long.parseLong(text);
    }
}
