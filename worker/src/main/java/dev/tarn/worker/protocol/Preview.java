package dev.tarn.worker.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load of the files would begin with.
 *
 * @param options as they were told or found
 * @param files the names of the files, those of an archive one by one
 * @param columns in order, with the types that a first part of the files suggests
 * @param rows the first rows as text, one cell a column; null is no value
 * @param warnings whole sentences
 */
public record Preview(
        FileOptions options,
        List<String> files,
        List<PreviewColumn> columns,
        List<List<@Nullable String>> rows,
        List<String> warnings) {

    /** {@code source} is the files' own name of the column, {@code type} DuckDB's text of the type. */
    public record PreviewColumn(String source, String name, String type) {}
}
