package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.engine.Change.RowVerb;
import dev.tarn.worker.protocol.ChangeTask.FileLineage;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.IsolationLevel;
import org.apache.iceberg.RowLevelOperationMode;
import org.apache.iceberg.TableProperties;

/**
 * How rows of a table change, by its properties and format.
 *
 * @param rewrites copy-on-write: files that lose rows are written again; else deletes are written beside them
 * @param serializable whether rows that come meanwhile are a conflict
 * @param hasRowIds whether rows keep an id for life
 */
record RowModes(boolean rewrites, boolean serializable, boolean hasRowIds) {
    private static final int DELETES_FROM = 2;
    private static final int ROW_IDS_FROM = 3;

    static RowModes of(RowVerb verb, ReadableTable table) {
        Map<String, String> properties = table.table().properties();
        int version =
                ((HasTableOperations) table.table()).operations().current().formatVersion();
        String mode = switch (verb) {
            case DELETE -> properties.getOrDefault(TableProperties.DELETE_MODE, TableProperties.DELETE_MODE_DEFAULT);
            case UPDATE -> properties.getOrDefault(TableProperties.UPDATE_MODE, TableProperties.UPDATE_MODE_DEFAULT);
            case MERGE -> properties.getOrDefault(TableProperties.MERGE_MODE, TableProperties.MERGE_MODE_DEFAULT);
        };
        String isolation = switch (verb) {
            case DELETE ->
                properties.getOrDefault(
                        TableProperties.DELETE_ISOLATION_LEVEL, TableProperties.DELETE_ISOLATION_LEVEL_DEFAULT);
            case UPDATE ->
                properties.getOrDefault(
                        TableProperties.UPDATE_ISOLATION_LEVEL, TableProperties.UPDATE_ISOLATION_LEVEL_DEFAULT);
            case MERGE ->
                properties.getOrDefault(
                        TableProperties.MERGE_ISOLATION_LEVEL, TableProperties.MERGE_ISOLATION_LEVEL_DEFAULT);
        };
        return new RowModes(
                version < DELETES_FROM || RowLevelOperationMode.fromName(mode) == RowLevelOperationMode.COPY_ON_WRITE,
                IsolationLevel.fromName(isolation) == IsolationLevel.SERIALIZABLE,
                version >= ROW_IDS_FROM);
    }

    static FileLineage lineage(FileScanTask task) {
        Long first = task.file().firstRowId();
        Long sequence = task.file().dataSequenceNumber();
        return new FileLineage(first == null ? -1 : first, sequence == null ? 0 : sequence);
    }
}
