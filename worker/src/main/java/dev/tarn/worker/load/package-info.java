/**
 * CSV to Parquet. We read the text ourselves, cell by cell, and hand typed Arrow batches to DuckDB, which writes the files: so
 * one piece of code decides what a value means, both when types are found out and when values are written, every fault has
 * its physical line, and DuckDB's own guesses (rounding casts, lenient numbers, logical line numbers) play no part.
 */
@NullMarked
package dev.tarn.worker.load;

import org.jspecify.annotations.NullMarked;
