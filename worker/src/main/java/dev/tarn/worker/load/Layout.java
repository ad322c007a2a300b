package dev.tarn.worker.load;

import java.util.List;

/**
 * What a pass over the rows needs to know.
 *
 * @param header whether the first record holds names
 * @param cells how many cells every record must have
 * @param names of the cells
 * @param declared whether the types are those of a table
 */
record Layout(boolean header, int cells, List<String> names, List<Column> columns, boolean declared) {}
