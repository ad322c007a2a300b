package dev.tarn.upkeep;

/** What work costs, in bytes that are read. */
final class CostModel {
    /** To open a file is as much work as to read that much of one: the default of Iceberg's {@code read.split.open-file-cost}. */
    static final long OPEN_BYTES = 4L << 20;

    private CostModel() {}
}
