package dev.tarn.backup;

/**
 * A table that cannot be read in whole.
 *
 * @param table namespace and table, with the tenant before it when it is not the only one
 * @param reason what is gone, as a sentence without its subject
 */
public record MissingFiles(String table, String reason) {}
