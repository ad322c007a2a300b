package dev.tarn.worker.protocol;

/**
 * A file as it was sent: perhaps compressed, perhaps an archive of several.
 *
 * @param path on this machine
 * @param displayName what the person calls the file, extensions too; the only name that may appear in a failure
 */
public record InputFile(String path, String displayName) {}
