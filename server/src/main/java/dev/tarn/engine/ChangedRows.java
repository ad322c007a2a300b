package dev.tarn.engine;

import dev.tarn.catalog.RowChange;
import dev.tarn.catalog.WrittenFile;
import java.util.List;
import java.util.Optional;

/**
 * What a statement has made of rows, before it is true.
 *
 * @param change empty when there was nothing to change
 * @param files of new rows
 * @param rows how many were changed, deleted or added
 */
public record ChangedRows(Optional<RowChange> change, List<WrittenFile> files, long rows, Reading reading) {}
