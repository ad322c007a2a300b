package dev.tarn.worker.protocol;

import java.util.List;

/**
 * A table as one statement sees it.
 *
 * @param schema nested levels are joined by dots
 * @param files may be empty: the table has no rows
 */
public record TableSource(
        String catalog, String schema, String name, List<SourceColumn> columns, List<SourceFile> files) {}
