package dev.tarn.engine;

/** A result that stands in a file now. */
public record ExportedFile(long rows, long bytes, long bytesScanned) {}
