package dev.tarn.access;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller may read of one table: the union of parts, each some columns of some rows. A row is seen when one part's filter
 * holds for it; a cell is its value when a part that has the column holds for the row, else NULL; a column that no part has
 * does not exist.
 *
 * @param parts none: nothing; one without limits: everything
 */
public record TableRights(List<Part> parts) {
    /**
     * Some columns of some rows.
     *
     * @param columns empty: all
     * @param rows a boolean expression of SQL; empty: all
     */
    public record Part(Optional<List<String>> columns, Optional<String> rows) {
        public Part {
            columns = columns.map(List::copyOf);
        }

        boolean isFull() {
            return columns.isEmpty() && rows.isEmpty();
        }

        /** Whether the part has a column of that name, in any case. */
        public boolean has(String column) {
            return columns.isEmpty() || columns.get().stream().anyMatch(column::equalsIgnoreCase);
        }
    }

    /** Everything. */
    public static final TableRights FULL = new TableRights(List.of(new Part(Optional.empty(), Optional.empty())));

    /** Nothing. */
    public static final TableRights NONE = new TableRights(List.of());

    public TableRights {
        parts = List.copyOf(parts);
    }

    /** Whether every cell may be read. */
    public boolean isFull() {
        return parts.stream().anyMatch(Part::isFull);
    }

    /** Whether nothing may be read. */
    public boolean isNone() {
        return parts.isEmpty();
    }

    /** Whether a column of that name, in any case, exists for the caller. */
    public boolean has(String column) {
        return parts.stream().anyMatch(part -> part.has(column));
    }

    /** Whether a part may be read, and not all. */
    public boolean isLimited() {
        return !isFull() && !isNone();
    }

    /** Whether the caller may be told of a column: of those that exist for it, and of all when it may read nothing at all. */
    public boolean tells(String column) {
        return isNone() || has(column);
    }

    /** Whether every row is seen, if not all of its columns. */
    public boolean hasAllRows() {
        return parts.stream().anyMatch(part -> part.rows().isEmpty());
    }

    /** The names that the parts say, in lower case; empty when one of them has all columns. */
    public Optional<Set<String>> columns() {
        if (parts.stream().anyMatch(part -> part.columns().isEmpty())) {
            return Optional.empty();
        }
        Set<String> names = new LinkedHashSet<>();
        parts.forEach(part -> part.columns().orElseThrow().forEach(name -> names.add(name.toLowerCase(Locale.ROOT))));
        return Optional.of(names);
    }
}
