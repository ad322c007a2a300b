package dev.tarn.catalog;

import java.nio.file.Path;

/**
 * A Parquet data file that a write has made and not committed; its columns carry field ids.
 *
 * @param path in the write's data folder, the name beginning with the write's file prefix
 * @param rows rows in it
 * @param bytes its length
 */
public record WrittenFile(Path path, long rows, long bytes) {}
