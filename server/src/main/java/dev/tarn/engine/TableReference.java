package dev.tarn.engine;

import java.util.List;

/**
 * A table that a query names.
 *
 * @param path the parts of the name as written, one to many
 * @param offset where the name stands in the query, in UTF-16 units; -1 when unknown
 * @param length of the name
 */
record TableReference(List<String> path, int offset, int length) {}
