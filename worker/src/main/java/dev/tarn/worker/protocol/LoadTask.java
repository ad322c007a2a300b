package dev.tarn.worker.protocol;

import java.util.List;
import java.util.Objects;

/**
 * Files to be written as Parquet, all of them as rows of one table.
 *
 * @param given the columns that the caller asks for; empty: all of the files
 * @param target the columns of the table that takes the rows; empty: a table of its own. A column may come back with a wider
 *     type than it has here (INTEGER as BIGINT, FLOAT as DOUBLE, DECIMAL with more digits before the point)
 * @param newColumns columns that the target lacks are added to it; else they end the load
 * @param outputFolder an existing folder
 * @param filePrefix files are {@code <filePrefix>-<n>.parquet}
 * @param targetFileBytes about how large a written file becomes
 */
public record LoadTask(
        List<InputFile> files,
        FileOptions options,
        List<GivenColumn> given,
        List<TargetColumn> target,
        boolean newColumns,
        RejectPolicy rejects,
        String outputFolder,
        String filePrefix,
        long targetFileBytes,
        Arrangement arrangement,
        long memoryLimitBytes,
        int threads) {

    /** What the target's column of that id has in rows that say nothing of it, as SQL. */
    public String missing(int fieldId) {
        return target.stream()
                .filter(column -> column.fieldId() == fieldId)
                .map(TargetColumn::missing)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("NULL");
    }

    /** Files of a table that takes its rows as they come. */
    public LoadTask(
            List<InputFile> files,
            FileOptions options,
            List<GivenColumn> given,
            List<TargetColumn> target,
            boolean newColumns,
            RejectPolicy rejects,
            String outputFolder,
            String filePrefix,
            long targetFileBytes,
            long memoryLimitBytes,
            int threads) {
        this(
                files,
                options,
                given,
                target,
                newColumns,
                rejects,
                outputFolder,
                filePrefix,
                targetFileBytes,
                Arrangement.NONE,
                memoryLimitBytes,
                threads);
    }
}
