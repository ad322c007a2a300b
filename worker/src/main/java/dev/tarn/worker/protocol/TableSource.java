package dev.tarn.worker.protocol;

import java.util.List;

/**
 * A table as one statement sees it.
 *
 * @param schema nested levels are joined by dots
 * @param files may be empty: the table has no rows
 * @param evolved whether files may lack columns, or have them under other names or with narrower types
 */
public record TableSource(
        String catalog,
        String schema,
        String name,
        List<SourceColumn> columns,
        List<SourceFile> files,
        boolean evolved) {
    public TableSource(String catalog, String schema, String name, List<SourceColumn> columns, List<SourceFile> files) {
        this(catalog, schema, name, columns, files, false);
    }
}
