package dev.tarn.worker.protocol;

import java.util.List;

/**
 * One CSV file to be written as Parquet.
 *
 * @param path the file on this machine, UTF-8 without a byte order mark
 * @param displayName what the person calls the file; the only name that may appear in a failure
 * @param target the columns of the table that takes the rows; empty: infer them from the whole file
 * @param outputFolder an existing folder
 * @param filePrefix files are {@code <filePrefix>-<n>.parquet}
 * @param targetFileBytes about how large a written file becomes
 */
public record LoadTask(
        String path,
        String displayName,
        CsvOptions csv,
        List<TargetColumn> target,
        String outputFolder,
        String filePrefix,
        long targetFileBytes,
        long memoryLimitBytes,
        int threads) {}
