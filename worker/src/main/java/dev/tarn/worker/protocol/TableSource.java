package dev.tarn.worker.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A table or view as one statement sees it.
 *
 * @param schema nested levels are joined by dots
 * @param files may be empty: the table has no rows
 * @param evolved whether files may lack columns, or have them under other names or with narrower types
 * @param visible when the statement may not see all of it
 * @param deletes of rows in files that may have some
 * @param query of a view, over tables and views that stand before it; it has no files, and the {@link SourceColumn#fileNames()} of
 *     its columns are the query's names of them, none when they are known by their places
 * @param places when the statement changes rows of it
 */
public record TableSource(
        String catalog,
        String schema,
        String name,
        List<SourceColumn> columns,
        List<SourceFile> files,
        boolean evolved,
        Optional<Visibility> visible,
        Optional<RowDeletes> deletes,
        Optional<String> query,
        Optional<RowPlaces> places) {
    /** A view. */
    public static TableSource view(
            String catalog, String schema, String name, List<SourceColumn> columns, String query) {
        return new TableSource(
                catalog,
                schema,
                name,
                columns,
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(query),
                Optional.empty());
    }

    public TableSource(
            String catalog,
            String schema,
            String name,
            List<SourceColumn> columns,
            List<SourceFile> files,
            boolean evolved,
            Optional<Visibility> visible,
            Optional<RowDeletes> deletes) {
        this(catalog, schema, name, columns, files, evolved, visible, deletes, Optional.empty(), Optional.empty());
    }

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

    /** All rows of some of its files, whoever may see them. */
    public TableSource ofFiles(List<SourceFile> some) {
        return new TableSource(catalog, schema, name, columns, some, evolved, Optional.empty(), deletes, query, places);
    }
}
