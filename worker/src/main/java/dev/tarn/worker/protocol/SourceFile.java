package dev.tarn.worker.protocol;

/** A Parquet file on this machine. */
public record SourceFile(String path, long sizeBytes, long rows) {}
