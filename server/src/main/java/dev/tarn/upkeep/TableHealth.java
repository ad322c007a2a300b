package dev.tarn.upkeep;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a table is, from its metadata alone: the newest version's files and what the kept versions tell. Sizes are in bytes.
 *
 * @param table full name
 * @param snapshotCount versions that are kept, of all branches
 * @param oldestSnapshotAt when the oldest of them was made
 * @param targetFileBytes about how large a data file should be
 * @param files of the newest version
 * @param deletes of rows, beside the files
 * @param partitions null-free: an unpartitioned table is one partition
 * @param sizes how many data files are how large
 * @param clusteringDepth how many files of a partition a value of the first column of the table's order is in, on average; 1 is best.
 *     Empty without an order, and for who may not read all
 * @param columns what the files tell of their columns; empty for who may not read all
 * @param growth how fast the table grows
 * @param saving what a compaction would change
 * @param recommendation one sentence to act on
 */
public record TableHealth(
        String table,
        int snapshotCount,
        Optional<Instant> oldestSnapshotAt,
        long targetFileBytes,
        Files files,
        Deletes deletes,
        Partitions partitions,
        List<SizeRange> sizes,
        OptionalDouble clusteringDepth,
        List<ColumnStatistics> columns,
        Growth growth,
        Saving saving,
        String recommendation) {
    private static final long OPEN_BYTES = 4L << 20;

    public TableHealth {
        sizes = List.copyOf(sizes);
        columns = List.copyOf(columns);
    }

    /** The work of a full scan, in bytes that are read. */
    double scanWork() {
        return scanWork((double) files.bytes(), files.count() + deletes.files());
    }

    /** To open a file is as much work as to read 4 MB of it: the default of Iceberg's {@code read.split.open-file-cost}. */
    static double scanWork(double bytes, long files) {
        return bytes + (double) OPEN_BYTES * files;
    }

    /** Work of a full scan that a compaction would save, in bytes that are read. */
    double savedWork() {
        return scanWork() * saving.scanShare();
    }

    /**
     * Data files.
     *
     * @param rows in them, deleted ones too
     * @param small below 75 % of the target size, where a compaction would leave fewer
     * @param otherPartitioning of an earlier partitioning of the table
     * @param manifests that list them and the deletes
     */
    public record Files(long count, long bytes, long rows, long small, long otherPartitioning, long manifests) {
        /** 0 without files. */
        public long averageBytes() {
            return count == 0 ? 0 : bytes / count;
        }
    }

    /**
     * Deletes of rows.
     *
     * @param files position deletes, deletion vectors and equality deletes together
     * @param equalityFiles of them
     * @param positions rows that are deleted by their places
     * @param ratio of those among all rows, 0 to 1
     */
    public record Deletes(long files, long equalityFiles, long positions, double ratio) {}

    /**
     * Partitions that have files.
     *
     * @param skew the largest one's bytes over those of the one in the middle; 1 when all are alike
     */
    public record Partitions(long count, long largestBytes, long medianBytes, double skew) {}

    /**
     * Data files of a size.
     *
     * @param below their size; empty for the largest ones
     */
    public record SizeRange(Optional<Long> below, long files, long bytes) {}

    /**
     * A column, as the files that tell of it do.
     *
     * @param bytes compressed
     * @param lower a bound of its values, perhaps shortened
     */
    public record ColumnStatistics(
            String name, long bytes, long values, long nulls, Optional<String> lower, Optional<String> upper) {}

    /** What came to the table on an average day, of the last week as far as its versions are kept. */
    public record Growth(double filesPerDay, double bytesPerDay, double rowsPerDay, double commitsPerDay) {}

    /**
     * What a compaction would change.
     *
     * @param files how many fewer there would be, delete files too
     * @param rewrittenBytes what would be read and written for it
     * @param scanShare how much of the {@link #scanWork()} would be saved, 0 to 1
     */
    public record Saving(long files, long rewrittenBytes, double scanShare) {}
}
