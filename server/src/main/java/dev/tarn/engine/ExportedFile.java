package dev.tarn.engine;

import java.util.List;

/**
 * A result that stands in a file now.
 *
 * @param tables the full names of the tables that were read
 */
public record ExportedFile(long rows, long bytes, long bytesScanned, List<String> tables) {}
