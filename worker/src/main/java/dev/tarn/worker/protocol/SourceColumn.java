package dev.tarn.worker.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table that a statement may see, or a part of one.
 *
 * @param fieldId what files name it by, whatever it is called there
 * @param type DuckDB's text of the type, for example {@code DECIMAL(18,2)} or {@code STRUCT("a b" INTEGER)[]}
 * @param fileNames what it may be called in a file whose columns have no ids
 * @param parts of a struct its fields, of a list its element, of a map key and value; of any other type none
 * @param missing what it is in files that are older than it, as an expression of SQL; NULL when there is none
 */
public record SourceColumn(
        int fieldId,
        String name,
        String type,
        List<String> fileNames,
        List<SourceColumn> parts,
        @Nullable String missing) {
    public SourceColumn(int fieldId, String name, String type, List<String> fileNames, List<SourceColumn> parts) {
        this(fieldId, name, type, fileNames, parts, null);
    }

    public SourceColumn(int fieldId, String name, String type) {
        this(fieldId, name, type, List.of(name), List.of());
    }
}
