/** TPC-H: 22 queries through the server, and beside them plain DuckDB on the very files that the server wrote. */
@NullMarked
package dev.tarn.bench.tpch;

import org.jspecify.annotations.NullMarked;
