package dev.tarn.worker.protocol;

/**
 * A column of a table that a statement may see.
 *
 * @param type DuckDB's text of the type, for example {@code DECIMAL(18,2)} or {@code STRUCT("a b" INTEGER)[]}
 */
public record SourceColumn(int fieldId, String name, String type) {}
