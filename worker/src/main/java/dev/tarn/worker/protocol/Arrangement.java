package dev.tarn.worker.protocol;

import java.util.List;

/**
 * How a table wants its rows put into files. Rows of one file are alike in all partition keys; within a file they stand in an order.
 * Whoever asks for one gives the files a folder of their own.
 *
 * @param near columns in all of which at once rows of a file are to be near each other, in place of an order
 */
public record Arrangement(List<Key> partition, List<Key> order, List<Key> near) {
    public static final Arrangement NONE = new Arrangement(List.of(), List.of());

    public Arrangement {
        partition = List.copyOf(partition);
        order = List.copyOf(order);
        near = List.copyOf(near);
    }

    public Arrangement(List<Key> partition, List<Key> order) {
        this(partition, order, List.of());
    }

    public boolean isNone() {
        return partition.isEmpty() && order.isEmpty() && near.isEmpty();
    }

    /**
     * A value that is worked out from a column.
     *
     * @param column its name, and below it the names of parts of a struct; empty when nothing is left of it
     * @param transform in Iceberg's words: {@code identity}, {@code bucket[4]}, {@code truncate[10]}, {@code day}, {@code void}
     * @param descending of an order: the largest first
     * @param nullsFirst of an order
     */
    public record Key(List<String> column, String transform, boolean descending, boolean nullsFirst) {
        public Key {
            column = List.copyOf(column);
        }

        public static Key partition(List<String> column, String transform) {
            return new Key(column, transform, false, true);
        }
    }
}
