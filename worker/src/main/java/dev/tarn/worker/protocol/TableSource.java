package dev.tarn.worker.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A table as one statement sees it.
 *
 * @param schema nested levels are joined by dots
 * @param files may be empty: the table has no rows
 * @param evolved whether files may lack columns, or have them under other names or with narrower types
 * @param visible the parts that the statement may see, when it may not see all: a row is there when it is in one of them, and a
 *     cell of it is NULL where none of the parts that have the row has the column. A column of no part does not exist.
 */
public record TableSource(
        String catalog,
        String schema,
        String name,
        List<SourceColumn> columns,
        List<SourceFile> files,
        boolean evolved,
        Optional<List<VisiblePart>> visible) {
    public TableSource(String catalog, String schema, String name, List<SourceColumn> columns, List<SourceFile> files) {
        this(catalog, schema, name, columns, files, false, Optional.empty());
    }
}
