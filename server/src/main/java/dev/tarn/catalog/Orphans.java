package dev.tarn.catalog;

import java.util.List;

/**
 * Files at a table's location that no version of the table names and no write is about to.
 *
 * @param count how many
 * @param bytes how much storage they take
 * @param files the first of them, below the table's location
 * @param waiting how many files of the table wait for the end of statements that may read them; they go by themselves then
 */
public record Orphans(long count, long bytes, List<String> files, long waiting) {
    public Orphans {
        files = List.copyOf(files);
    }
}
