package dev.tarn.worker.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A table as one statement sees it.
 *
 * @param schema nested levels are joined by dots
 * @param files may be empty: the table has no rows
 * @param evolved whether files may lack columns, or have them under other names or with narrower types
 * @param visible when the statement may not see all of it
 * @param deletes of rows in files that may have some
 */
public record TableSource(
        String catalog,
        String schema,
        String name,
        List<SourceColumn> columns,
        List<SourceFile> files,
        boolean evolved,
        Optional<Visibility> visible,
        Optional<RowDeletes> deletes) {
    public TableSource(
            String catalog,
            String schema,
            String name,
            List<SourceColumn> columns,
            List<SourceFile> files,
            boolean evolved,
            Optional<Visibility> visible) {
        this(catalog, schema, name, columns, files, evolved, visible, Optional.empty());
    }

    public TableSource(String catalog, String schema, String name, List<SourceColumn> columns, List<SourceFile> files) {
        this(catalog, schema, name, columns, files, false, Optional.empty());
    }
}
