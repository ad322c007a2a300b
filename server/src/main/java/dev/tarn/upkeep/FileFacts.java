package dev.tarn.upkeep;

import dev.tarn.upkeep.TableHealth.ColumnStatistics;
import dev.tarn.upkeep.TableHealth.Partitions;
import dev.tarn.upkeep.TableHealth.SizeRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.util.StructLikeWrapper;

/** What is counted of the files of a version, one by one; the files themselves are not kept. */
final class FileFacts {
    /** The default of Spark's and Iceberg's {@code min-file-size-bytes}: a file is small below that part of the target. */
    static final double SMALL = 0.75;

    /** The default of {@code min-input-files}: fewer small files are left alone, unless they fill a large one. */
    static final int FEWEST = 5;

    private static final long MB = 1L << 20;
    private static final long[] BOUNDS = {MB, 8 * MB, 32 * MB, 128 * MB, 512 * MB};

    private final Map<Integer, PartitionSpec> specs;
    private final int currentSpec;
    private final long target;
    private final ColumnFacts columns;
    private final Map<Integer, Map<StructLikeWrapper, OnePartition>> partitions = new HashMap<>();
    private final long[] sizeFiles = new long[BOUNDS.length + 1];
    private final long[] sizeBytes = new long[BOUNDS.length + 1];
    private long files;
    private long bytes;
    private long rows;
    private long otherPartitioning;
    private long deleteFiles;
    private long equalityFiles;
    private long positions;

    /** Files of one partition. */
    private static final class OnePartition {
        private long bytes;
        private long smallFiles;
        private long smallBytes;

        /** Whether a compaction would leave fewer small files. */
        boolean isImproved(long target) {
            return smallFiles >= FEWEST || (smallFiles > 1 && smallBytes >= target);
        }

        long smallAfter(long target) {
            return Math.ceilDiv(smallBytes, target);
        }
    }

    FileFacts(Map<Integer, PartitionSpec> specs, int currentSpec, long target, ColumnFacts columns) {
        this.specs = specs;
        this.currentSpec = currentSpec;
        this.target = target;
        this.columns = columns;
    }

    void add(DataFile file) {
        files++;
        bytes += file.fileSizeInBytes();
        rows += file.recordCount();
        if (file.specId() != currentSpec) {
            otherPartitioning++;
        }
        int range = range(file.fileSizeInBytes());
        sizeFiles[range]++;
        sizeBytes[range] += file.fileSizeInBytes();
        OnePartition partition = partition(file);
        partition.bytes += file.fileSizeInBytes();
        if (file.fileSizeInBytes() < SMALL * target) {
            partition.smallFiles++;
            partition.smallBytes += file.fileSizeInBytes();
        }
        columns.add(file);
    }

    void add(DeleteFile file) {
        deleteFiles++;
        if (file.content() == FileContent.EQUALITY_DELETES) {
            equalityFiles++;
        } else {
            positions += file.recordCount();
        }
    }

    private OnePartition partition(DataFile file) {
        PartitionSpec spec = specs.getOrDefault(file.specId(), PartitionSpec.unpartitioned());
        Map<StructLikeWrapper, OnePartition> ofSpec = partitions.computeIfAbsent(file.specId(), any -> new HashMap<>());
        StructLikeWrapper key = StructLikeWrapper.forType(spec.partitionType()).set(file.partition());
        return ofSpec.computeIfAbsent(key, any -> new OnePartition());
    }

    private static int range(long size) {
        int range = 0;
        while (range < BOUNDS.length && size >= BOUNDS[range]) {
            range++;
        }
        return range;
    }

    private List<OnePartition> all() {
        return partitions.values().stream()
                .flatMap(ofSpec -> ofSpec.values().stream())
                .toList();
    }

    TableHealth.Files files(long manifests) {
        long small = all().stream()
                .filter(partition -> partition.isImproved(target))
                .mapToLong(partition -> partition.smallFiles)
                .sum();
        return new TableHealth.Files(files, bytes, rows, small, otherPartitioning, manifests);
    }

    TableHealth.Deletes deletes() {
        double ratio = rows == 0 ? 0 : Math.min(1, (double) positions / rows);
        return new TableHealth.Deletes(deleteFiles, equalityFiles, positions, ratio);
    }

    Partitions partitions() {
        long[] sizes =
                all().stream().mapToLong(partition -> partition.bytes).sorted().toArray();
        if (sizes.length == 0) {
            return new Partitions(0, 0, 0, 1);
        }
        long largest = sizes[sizes.length - 1];
        long median = sizes[(sizes.length - 1) / 2];
        return new Partitions(sizes.length, largest, median, median == 0 ? 1 : (double) largest / median);
    }

    List<SizeRange> sizes() {
        List<SizeRange> ranges = new ArrayList<>();
        for (int i = 0; i <= BOUNDS.length; i++) {
            ranges.add(new SizeRange(
                    i < BOUNDS.length ? Optional.of(BOUNDS[i]) : Optional.empty(), sizeFiles[i], sizeBytes[i]));
        }
        return ranges;
    }

    /** Deletes are thought to be spread over all files alike, and to go with a compaction of whatever has some. */
    TableHealth.Saving saving() {
        long fewer = 0;
        long rewritten = 0;
        for (OnePartition partition : all()) {
            if (partition.isImproved(target)) {
                fewer += partition.smallFiles - partition.smallAfter(target);
                rewritten += partition.smallBytes;
            }
        }
        double before = TableHealth.scanWork((double) bytes, files + deleteFiles);
        double after = TableHealth.scanWork(bytes * (1 - deletes().ratio()), files - fewer);
        long all = deleteFiles == 0 ? rewritten : Math.max(rewritten, bytes);
        return new TableHealth.Saving(
                fewer + deleteFiles,
                fewer + deleteFiles == 0 ? 0 : all,
                before == 0 ? 0 : Math.max(0, 1 - after / before));
    }

    OptionalDouble clusteringDepth() {
        return columns.depth();
    }

    List<ColumnStatistics> columns() {
        return columns.statistics();
    }
}
