package dev.tarn.worker.protocol;

import java.util.List;

/**
 * A result to be written as data files; see {@link LoadTask}.
 *
 * @param target the columns of the table that takes the rows; none for a table that is made of the result's columns
 * @param given which of them the result's columns are, by their places; none when the result's names say so
 */
public record MaterializeTask(
        String outputFolder,
        String filePrefix,
        long targetFileBytes,
        List<TargetColumn> target,
        List<String> given,
        Arrangement arrangement) {
    public MaterializeTask {
        target = List.copyOf(target);
        given = List.copyOf(given);
    }

    /** Files of a new table, with the result's columns. */
    public MaterializeTask(String outputFolder, String filePrefix, long targetFileBytes) {
        this(outputFolder, filePrefix, targetFileBytes, List.of(), List.of(), Arrangement.NONE);
    }
}
