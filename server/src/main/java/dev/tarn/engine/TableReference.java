package dev.tarn.engine;

import java.util.List;
import java.util.Optional;

/**
 * A table that a query names.
 *
 * @param path the parts of the name as written, one to many
 * @param offset where the name stands in the query, in UTF-16 units; -1 when unknown
 * @param length of the name
 * @param member its part in the SELECT whose FROM it stands in, when rows that fail that one's WHERE are not wanted of it
 */
record TableReference(List<String> path, int offset, int length, Optional<QueryBlock.Member> member) {}
