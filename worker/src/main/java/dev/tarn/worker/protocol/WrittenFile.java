package dev.tarn.worker.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data file.
 *
 * @param partition what all its rows have in the keys of {@link Arrangement#partition()}: dates, times and what is worked out from
 *     them as the number that Iceberg keeps, decimals without the point, bytes in hexadecimal; null for no value
 */
public record WrittenFile(String path, long rows, long bytes, List<@Nullable String> partition) {
    public WrittenFile {
        partition = Collections.unmodifiableList(new ArrayList<>(partition));
    }

    public WrittenFile(String path, long rows, long bytes) {
        this(path, rows, bytes, List.of());
    }
}
