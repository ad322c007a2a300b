package dev.tarn.worker.protocol;

/**
 * A column of the written files. Field ids of inferred columns count from 1.
 *
 * @param type DuckDB's text of the type
 */
public record LoadedColumn(int fieldId, String name, String type) {}
