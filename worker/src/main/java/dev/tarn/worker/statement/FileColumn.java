package dev.tarn.worker.statement;

import dev.tarn.worker.protocol.SourceColumn;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column as a Parquet file has it, or a part of one.
 *
 * @param fieldId null in files of programs that know no ids
 * @param type DuckDB's text of the type
 * @param parts as in {@link SourceColumn}
 */
record FileColumn(String name, @Nullable Integer fieldId, String type, List<FileColumn> parts) {

    boolean hasIds() {
        return fieldId != null || parts.stream().anyMatch(FileColumn::hasIds);
    }

    /** The column among these that is the wanted one: by id, or by name in a file without ids. */
    static Optional<FileColumn> find(List<FileColumn> columns, SourceColumn wanted, boolean byId) {
        return columns.stream()
                .filter(column -> byId
                        ? column.fieldId != null && column.fieldId == wanted.fieldId()
                        : wanted.fileNames().contains(column.name))
                .findFirst();
    }
}
