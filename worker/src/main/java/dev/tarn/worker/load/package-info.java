/**
 * Files to Parquet. We read texts, sheets and JSON ourselves, value by value, and hand typed Arrow batches to DuckDB, which writes the files: so
 * one piece of code decides what a value means, both when types are found out and when values are written, every fault has
 * its physical line, and DuckDB's own guesses (rounding casts, lenient numbers, logical line numbers) play no part. Files of Parquet
 * have types already: DuckDB reads and writes these alone.
 */
@NullMarked
package dev.tarn.worker.load;

import org.jspecify.annotations.NullMarked;
