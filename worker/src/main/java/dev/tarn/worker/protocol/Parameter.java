package dev.tarn.worker.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A value that is bound to a statement, never spliced into it.
 *
 * @param type DuckDB's text of a type without parts
 * @param value as text; null is NULL
 */
public record Parameter(String type, @Nullable String value) {}
