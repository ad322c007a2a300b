package dev.tarn.worker.protocol;

/** A result to be written as the data files of a new table; see {@link LoadTask}. */
public record MaterializeTask(String outputFolder, String filePrefix, long targetFileBytes) {}
