/** Files into tables beside DuckDB's own {@code COPY} of the same files to Parquet. */
@NullMarked
package dev.tarn.bench.load;

import org.jspecify.annotations.NullMarked;
