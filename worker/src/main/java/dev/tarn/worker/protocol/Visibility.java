package dev.tarn.worker.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement may see of a table: a row when it is in one of the parts, and a cell of it where one of the parts that have
 * the row has the column, else NULL. A column of no part does not exist.
 *
 * @param parts at least one, and at least one with a column
 * @param currentUser what the parts' filters know as {@code current_user}
 * @param currentRoles what they know as {@code current_roles}
 */
public record Visibility(List<Part> parts, String currentUser, List<String> currentRoles) {
    /**
     * Some columns of some rows.
     *
     * @param columns by name, as {@link TableSource#columns} has them
     * @param rows a boolean expression over all columns of the table, which holds for the rows; null for all of them
     */
    public record Part(List<String> columns, @Nullable String rows) {}
}
