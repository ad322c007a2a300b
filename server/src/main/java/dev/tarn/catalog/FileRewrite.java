package dev.tarn.catalog;

import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;

/**
 * Files of a table that others take the place of, with the same rows.
 *
 * @param read the version of the table that the files were planned on
 * @param files with the deletes of their rows, which are not in the new files
 * @param unused deletes of no row of that version, which go too
 * @param ordered whether the new files have the table's order
 */
public record FileRewrite(ReadableTable read, List<FileScanTask> files, List<DeleteFile> unused, boolean ordered) {
    public FileRewrite {
        files = List.copyOf(files);
        unused = List.copyOf(unused);
    }
}
