package dev.tarn.worker.protocol;

import java.util.List;

/**
 * Rows of a table to be changed. The statement says which, and what becomes of each: its result has the file and the row of a row of
 * the table ({@link RowPlaces}; NULL for a row that is added) and a struct of the number of a clause, {@code a}, and of values, {@code
 * v0}, {@code v1}, and so on; NULL when nothing becomes of it.
 *
 * @param table which of the statement's tables it is
 * @param output where new files go, with all columns of the table as their target
 * @param rewrites files that lose rows are written again, instead of the places of these rows
 * @param unique by its form the statement names no row of the table twice
 * @param lineage of each file of the table; none where rows have no ids
 */
public record ChangeTask(
        int table,
        MaterializeTask output,
        boolean rewrites,
        boolean unique,
        List<Clause> clauses,
        List<FileLineage> lineage) {
    public ChangeTask {
        clauses = List.copyOf(clauses);
        lineage = List.copyOf(lineage);
    }

    public enum Effect {
        DELETE,
        UPDATE,
        INSERT
    }

    /** What becomes of a row. */
    public record Clause(Effect effect, List<Assigned> assigned) {
        public Clause {
            assigned = List.copyOf(assigned);
        }
    }

    /**
     * A value that a row gets.
     *
     * @param path the column, or a field of it below
     * @param value the number of the value
     */
    public record Assigned(List<String> path, int value) {
        public Assigned {
            path = List.copyOf(path);
        }
    }

    /**
     * What the rows of a file have beside their columns.
     *
     * @param firstRowId -1 when the rows have no ids yet
     * @param sequence the number of the commit that the file came with
     */
    public record FileLineage(long firstRowId, long sequence) {}

    /** Where the places of rows go that are no rows any more: columns {@code f} and {@code r} in that order; the server removes the file. */
    public String places() {
        return output.outputFolder() + "/" + output.filePrefix() + "-places.parquet";
    }
}
