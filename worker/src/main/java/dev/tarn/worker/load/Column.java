package dev.tarn.worker.load;

/**
 * A column of the written files.
 *
 * @param cell which cell of a record holds it; -1: the file does not have it, its values are NULL
 */
record Column(int fieldId, String name, ColumnType type, String typeText, boolean required, int cell) {}
