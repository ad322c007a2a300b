/** What every task needs of DuckDB: an instance, its settings and fence, interruption, and errors in our words. */
@NullMarked
package dev.tarn.worker.duckdb;

import org.jspecify.annotations.NullMarked;
