package dev.tarn.worker.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some columns of some rows of a table.
 *
 * @param columns by name, as {@link TableSource#columns} has them
 * @param rows a boolean expression over all columns of the table, which holds for the rows; null for all of them
 */
public record VisiblePart(List<String> columns, @Nullable String rows) {}
