package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.ContentFileUtil;
import org.apache.iceberg.util.DeleteFileSet;
import org.jspecify.annotations.Nullable;

/**
 * The commit of files that were written anew. What others add meanwhile is no matter to it; when they take rows of the same files
 * away, it loses. The new files are as old as the version that was read: an equality delete that comes meanwhile still holds for them.
 *
 * @param begun the table as it was when the write began
 */
record FileRewriteCommit(TableName name, TableMetadata begun, FileRewrite rewrite) implements PreparedCommit {

    @Override
    public void commit(Table table, TableMetadata now, List<DataFile> added) {
        if (now.formatVersion() != begun.formatVersion()) {
            throw conflict(null);
        }
        try {
            RewriteFiles files = table.newRewrite();
            if (rewrite.read().snapshotId().isPresent()) {
                long read = rewrite.read().snapshotId().getAsLong();
                Snapshot snapshot =
                        Objects.requireNonNull(rewrite.read().table().snapshot(read));
                files.validateFromSnapshot(read);
                if (!added.isEmpty()) {
                    files.dataSequenceNumber(snapshot.sequenceNumber());
                }
            }
            rewrite.files().forEach(task -> files.deleteFile(task.file()));
            deletes().forEach(files::deleteFile);
            added.forEach(files::addFile);
            files.commit();
        } catch (ValidationException e) {
            throw conflict(e);
        }
    }

    /** Deletes of other files than these may stand in the same delete file, which then stays. */
    private DeleteFileSet deletes() {
        DeleteFileSet deletes = DeleteFileSet.of(rewrite.unused());
        for (FileScanTask task : rewrite.files()) {
            for (DeleteFile delete : task.deletes()) {
                if (ContentFileUtil.isFileScoped(delete)) {
                    deletes.add(delete);
                }
            }
        }
        return deletes;
    }

    private TarnException conflict(@Nullable ValidationException cause) {
        String message =
                "Rows of the same files of %s were changed by another writer meanwhile; nothing was written, try again"
                        .formatted(name.text());
        return cause == null
                ? new TarnException(ErrorCode.CONFLICT, message)
                : new TarnException(ErrorCode.CONFLICT, message, cause);
    }
}
