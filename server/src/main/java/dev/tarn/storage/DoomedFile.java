package dev.tarn.storage;

/**
 * A file of a table that no version names any more.
 *
 * @param file its location
 * @param bytes its size
 */
public record DoomedFile(String file, long bytes) {}
