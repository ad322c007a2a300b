package dev.tarn.worker.protocol;

/**
 * A file that has rows that are no rows any more.
 *
 * @param number its place among the table's files
 * @param rows how many
 */
public record TouchedFile(int number, long rows) {}
