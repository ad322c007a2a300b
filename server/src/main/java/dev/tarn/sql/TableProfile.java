package dev.tarn.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a table's newest version look like, column by column.
 *
 * @param rows of the version
 * @param profiledRows of them that were read: all, or a random sample of a large table
 */
public record TableProfile(
        String table, String snapshotId, long rows, long profiledRows, long elapsedMs, List<ColumnProfile> columns) {

    /**
     * One column. Values are text as DuckDB writes them; what has no meaning for the type is null, or empty for lists. A nested
     * column has its nulls alone.
     *
     * @param distinct approximately (HyperLogLog)
     * @param quantiles approximately (t-digest)
     * @param histogram equal widths from {@code min} to {@code max}, of numbers, dates and times; infinities and NaN left out
     * @param topValues the most frequent, when values repeat at all
     */
    public record ColumnProfile(
            String name,
            String type,
            long nulls,
            @Nullable Long distinct,
            @Nullable String min,
            @Nullable String max,
            @Nullable Double mean,
            @Nullable Quantiles quantiles,
            @Nullable List<Bin> histogram,
            List<TopValue> topValues) {}

    /** The values below which 5, 25, 50, 75 and 95 of 100 rows are. */
    public record Quantiles(
            @Nullable String p05,
            @Nullable String p25,
            @Nullable String p50,
            @Nullable String p75,
            @Nullable String p95) {}

    /** Rows from {@code from} up to {@code to}; the last bin has its end too. */
    public record Bin(String from, String to, long count) {}

    public record TopValue(String value, long count) {}
}
