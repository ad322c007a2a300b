package dev.tarn.bench.harness;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result as text, whoever gave it.
 *
 * @param columns names
 * @param types their types in the words of who gave it
 * @param rows each as long as {@code columns}; null is SQL's NULL
 */
public record RowSet(List<String> columns, List<String> types, List<List<@Nullable String>> rows) {}
