package dev.tarn.engine;

import dev.tarn.catalog.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What DELETE, UPDATE or MERGE says, in pieces of its text.
 *
 * @param with what stands between WITH and the verb
 * @param recursive whether RECURSIVE follows WITH
 * @param alias of the table; the last part of its name when it has none
 * @param source what stands after USING or FROM
 * @param condition of WHERE or ON
 * @param clauses in their order; of DELETE and UPDATE one
 */
record RowClauses(
        Change.RowVerb verb,
        TableName table,
        String alias,
        Optional<Piece> with,
        boolean recursive,
        Optional<Source> source,
        Optional<Piece> condition,
        List<Clause> clauses) {
    RowClauses {
        clauses = List.copyOf(clauses);
    }

    /** A piece of the statement's text, as long as it stands there. */
    record Piece(String text, int offset) {}

    /**
     * Where other values come from.
     *
     * @param alias of the only thing that it is; empty for a list
     * @param named whether the text says the alias
     * @param shared columns of USING (a, b), which are equal in both
     */
    record Source(Piece text, String alias, boolean named, List<String> shared) {
        Source {
            shared = List.copyOf(shared);
        }
    }

    /** Which rows a clause is about. */
    enum When {
        MATCHED,
        ONLY_IN_SOURCE,
        ONLY_IN_TABLE
    }

    enum Action {
        DELETE,
        UPDATE,
        INSERT,
        NOTHING
    }

    /**
     * What becomes of some rows.
     *
     * @param condition AND ..., beside the statement's own
     * @param assignments of UPDATE and INSERT; none when {@code byName}
     * @param byName all columns of the table get those of the source that have their names
     * @param missing byName: whether the source may lack some of them, for INSERT BY NAME
     */
    record Clause(
            When when,
            Optional<Piece> condition,
            Action action,
            List<Assignment> assignments,
            boolean byName,
            boolean missing) {
        Clause {
            assignments = List.copyOf(assignments);
        }
    }

    /**
     * A column, or a field of one, and what it becomes.
     *
     * @param path the parts of its name; none when the place says which column it is
     * @param value empty for DEFAULT
     */
    record Assignment(List<String> path, int offset, Optional<Piece> value) {
        Assignment {
            path = List.copyOf(path);
        }
    }
}
