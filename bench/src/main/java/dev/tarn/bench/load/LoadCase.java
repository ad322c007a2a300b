package dev.tarn.bench.load;

import java.nio.file.Path;

/**
 * One file, and how the peer reads it.
 *
 * @param name of the figures: {@code load_<name>_duckdb_cpu_ratio}
 * @param source DuckDB's table function over the file
 */
record LoadCase(String name, String what, Path file, String source) {
    static LoadCase of(String name, String what, Path file, String function) {
        return new LoadCase(name, what, file, function + "('" + file.toString().replace("'", "''") + "')");
    }

    String copyTo(Path parquet) {
        return "COPY (FROM " + source + ") TO '" + parquet.toString().replace("'", "''")
                + "' (FORMAT parquet, COMPRESSION zstd)";
    }
}
