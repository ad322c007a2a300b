package dev.tarn.catalog;

import java.util.List;

/**
 * What expiry comes to.
 *
 * @param expired how many versions go
 * @param remaining how many stay
 * @param references branches and tags whose own time was over
 * @param dataFiles how many of these go; likewise the other kinds
 * @param bytes how much storage all of them take
 * @param waiting how many files of the table wait for the end of statements that may read them; they go by themselves then
 */
public record Expiry(
        long expired,
        long remaining,
        List<String> references,
        long dataFiles,
        long deleteFiles,
        long manifests,
        long manifestLists,
        long statisticsFiles,
        long bytes,
        long waiting) {
    public Expiry {
        references = List.copyOf(references);
    }

    /** Files of all kinds. */
    public long files() {
        return dataFiles + deleteFiles + manifests + manifestLists + statisticsFiles;
    }
}
