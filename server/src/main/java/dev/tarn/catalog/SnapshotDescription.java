package dev.tarn.catalog;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One version of a table. Figures that another engine did not write are absent.
 *
 * @param operation append, overwrite, delete or replace
 * @param current whether a plain read sees this version
 * @param totalBytes compressed bytes of all data files of this version
 * @param engine the program that wrote it, when it says so
 */
public record SnapshotDescription(
        long id,
        OptionalLong parentId,
        Instant committedAt,
        String operation,
        boolean current,
        OptionalLong addedRows,
        OptionalLong deletedRows,
        OptionalLong addedFiles,
        OptionalLong totalRows,
        OptionalLong totalBytes,
        Optional<String> engine) {}
