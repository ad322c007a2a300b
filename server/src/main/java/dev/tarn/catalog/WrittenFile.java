package dev.tarn.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet data file that a write has made and not committed; its columns carry field ids.
 *
 * @param path in one of the write's folders, the name beginning with the write's file prefix
 * @param rows rows in it
 * @param bytes its length
 * @param partition what all its rows have in the fields of the table's partitioning: dates, times and what is worked out from them as
 *     the number that Iceberg keeps, decimals without the point, bytes in hexadecimal; null for no value
 */
public record WrittenFile(Path path, long rows, long bytes, List<@Nullable String> partition) {
    public WrittenFile {
        partition = Collections.unmodifiableList(new ArrayList<>(partition));
    }

    /** The texts of a partition, as {@link #partition} has them. */
    public static List<@Nullable String> partition(PartitionSpec spec, StructLike partition) {
        return PartitionTuple.told(spec, partition);
    }

    public WrittenFile(Path path, long rows, long bytes) {
        this(path, rows, bytes, List.of());
    }
}
