package dev.tarn.upkeep;

import dev.tarn.catalog.ReadableTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.DeleteFileSet;

/**
 * Delete files of a version that hold for none of its data files. Files that come later are newer than they are, or, when they are
 * written anew from older ones, have none of their rows; so they will never hold for any.
 */
final class UnusedDeletes {
    private UnusedDeletes() {}

    static List<DeleteFile> of(ReadableTable readable) {
        if (readable.snapshotId().isEmpty()) {
            return List.of();
        }
        Table table = readable.table();
        long snapshot = readable.snapshotId().getAsLong();
        List<ManifestFile> manifests = table.snapshot(snapshot).deleteManifests(table.io());
        if (manifests.isEmpty()) {
            return List.of();
        }
        DeleteFileSet used = DeleteFileSet.create();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useSnapshot(snapshot).planFiles()) {
            tasks.forEach(task -> used.addAll(task.deletes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<DeleteFile> unused = new ArrayList<>();
        for (ManifestFile manifest : manifests) {
            try (ManifestReader<DeleteFile> files =
                    ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
                files.forEach(file -> {
                    if (!used.contains(file)) {
                        unused.add(file.copy());
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return unused;
    }
}
