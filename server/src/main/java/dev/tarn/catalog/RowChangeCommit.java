package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.DataFileSet;
import org.apache.iceberg.util.DeleteFileSet;

/**
 * The commit of changed rows. Whatever came to the table since the statement read it, and that it would have seen, makes it a conflict:
 * the statement then runs again, from its beginning.
 */
record RowChangeCommit(TableName name, String branch, RowChange change, RowDeleteFiles.Written deletes)
        implements PreparedCommit {

    @Override
    public void commit(Table table, TableMetadata now, List<DataFile> rows) {
        TableMetadata read = metadata(change.read().table());
        if (now.currentSchemaId() != read.currentSchemaId() || now.defaultSpecId() != read.defaultSpecId()) {
            throw conflict(null);
        }
        try {
            if (change.rewrites()) {
                overwrite(table.newOverwrite(), rows);
            } else {
                delta(table.newRowDelta(), rows);
            }
        } catch (ValidationException e) {
            throw conflict(e);
        }
    }

    private static TableMetadata metadata(Table table) {
        return ((org.apache.iceberg.HasTableOperations) table).operations().current();
    }

    private void overwrite(OverwriteFiles overwrite, List<DataFile> rows) {
        overwrite.deleteFiles(DataFileSet.of(deletes.emptied()), DeleteFileSet.of(deletes.removed()));
        rows.forEach(overwrite::addFile);
        overwrite.conflictDetectionFilter(change.wanted()).validateNoConflictingDeletes();
        if (change.serializable()) {
            overwrite.validateNoConflictingData();
        }
        change.read().snapshotId().ifPresent(overwrite::validateFromSnapshot);
        overwrite.toBranch(branch);
        overwrite.commit();
    }

    private void delta(RowDelta delta, List<DataFile> rows) {
        deletes.emptied().forEach(delta::removeRows);
        deletes.removed().forEach(delta::removeDeletes);
        deletes.added().forEach(delta::addDeletes);
        rows.forEach(delta::addRows);
        delta.conflictDetectionFilter(change.wanted())
                .validateDataFilesExist(staying())
                .validateDeletedFiles()
                .validateNoConflictingDeleteFiles();
        if (change.serializable()) {
            delta.validateNoConflictingDataFiles();
        }
        change.read().snapshotId().ifPresent(delta::validateFromSnapshot);
        delta.toBranch(branch);
        delta.commit();
    }

    /** The files that lose rows and stay; those that go are looked for when they go. */
    private List<String> staying() {
        Set<String> gone = deletes.emptied().stream().map(DataFile::location).collect(Collectors.toSet());
        return change.touched().stream()
                .map(touched -> touched.task().file().location())
                .filter(location -> !gone.contains(location))
                .toList();
    }

    private TarnException conflict(@org.jspecify.annotations.Nullable ValidationException cause) {
        String message = "The table %s was changed by another writer meanwhile; nothing was written, try again"
                .formatted(name.text());
        return cause == null
                ? new TarnException(ErrorCode.CONFLICT, message)
                : new TarnException(ErrorCode.CONFLICT, message, cause);
    }
}
