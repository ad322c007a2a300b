package dev.tarn.worker.protocol;

/**
 * A column of the table that takes the rows.
 *
 * @param type DuckDB's text of the type
 * @param required no row may lack a value
 */
public record TargetColumn(int fieldId, String name, String type, boolean required) {}
