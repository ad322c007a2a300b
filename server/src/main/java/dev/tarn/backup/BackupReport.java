package dev.tarn.backup;

import java.util.List;

/**
 * What a backup holds.
 *
 * @param files names of the secret files in it
 * @param tables of the platform's database, with their rows
 * @param warehouse the folder of the tables' own files, which are not in it
 */
public record BackupReport(
        String id,
        String createdAt,
        String schemaVersion,
        List<String> files,
        List<TableRows> tables,
        String warehouse,
        long bytes) {
    /** A table and how many rows of it there are. */
    public record TableRows(String name, long rows) {}

    /** Rows of all tables. */
    public long rows() {
        return tables.stream().mapToLong(TableRows::rows).sum();
    }
}
