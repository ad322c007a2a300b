package dev.tarn.worker.protocol;

/**
 * A result to be written as one file.
 *
 * @param path a file that does not exist yet, in an existing folder
 * @param limitBytes a larger file ends the task with {@code BAD_FILE} and is removed
 */
public record ExportTask(Format format, String path, long limitBytes) {
    public enum Format {
        CSV,
        NDJSON,
        PARQUET,
        XLSX,
        ARROW
    }
}
