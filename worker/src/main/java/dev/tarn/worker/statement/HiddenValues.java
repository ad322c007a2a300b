package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.TableSource;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What is left of a failure when a statement may not see all of a table. The engine computes errors over visible rows alone, and
 * its texts hold values; so that no hidden one is ever told, whatever the engine does, none is.
 */
public final class HiddenValues {
    private HiddenValues() {}

    /** The failure of a task as it may be told. */
    public static Failure removed(Failure failure, Message.Task task) {
        return query(task).flatMap(HiddenValues::limited).isPresent() ? removed(failure) : failure;
    }

    private static Optional<Query> query(Message.Task task) {
        return switch (task) {
            case Message.Run run -> Optional.of(run.query());
            case Message.Export export -> Optional.of(export.query());
            case Message.Materialize materialize -> Optional.of(materialize.query());
            case Message.Change change -> Optional.of(change.query());
            // Who rewrites files may see all of their table.
            case Message.Rewrite _ -> Optional.empty();
            case Message.Parse _, Message.PreviewFiles _, Message.Load _ -> Optional.empty();
        };
    }

    /** A table that the query may not see all of. */
    static Optional<TableSource> limited(Query query) {
        return query.tables().stream()
                .filter(table -> table.visible().isPresent())
                .findFirst();
    }

    private static Failure removed(Failure failure) {
        return switch (failure.kind()) {
            // Of the text alone, and of the columns that may be seen.
            case SYNTAX, BINDING, UNKNOWN_TABLE -> failure;
            // Sentences of ours, without values.
            case OUT_OF_MEMORY, CANCELLED, STORAGE_FULL, IO, NOT_ALLOWED, FORBIDDEN -> failure;
            // One sentence for all: of several that fail, which comes first may depend on what is hidden.
            case TYPE ->
                Failure.of(
                        Kind.TYPE,
                        "A value could not be computed or converted; values are not told, since you may not see all of a table");
            case BAD_ROW, BAD_FILE -> Failure.of(failure.kind(), "The result cannot be written in this format");
            case INTERNAL -> Failure.of(Kind.INTERNAL, "The engine failed");
        };
    }

    /** Why the view of a table could not be made. Its binding errors name columns that are hidden. */
    static Failure unfit(SQLException thrown, TableSource table) {
        Failure failure = Failures.of(thrown);
        return switch (failure.kind()) {
            case OUT_OF_MEMORY, CANCELLED, STORAGE_FULL, IO -> failure;
            case SYNTAX, BINDING, UNKNOWN_TABLE, TYPE, BAD_ROW, BAD_FILE, NOT_ALLOWED, FORBIDDEN, INTERNAL ->
                unfit(table);
        };
    }

    /** Nobody knows any more what a row filter means. */
    static Failure unfit(TableSource table) {
        return Failure.of(
                Kind.FORBIDDEN,
                "A row filter of %s does not fit its columns any more, so none of its rows can be shown; whoever granted it can replace it"
                        .formatted(String.join(".", table.catalog(), table.schema(), table.name())));
    }

    /** A plan tells of the rows that it was made for. */
    static void requireNoPlan(Query query) throws TaskFailedException {
        if (Planner.explains(query.sql()) && limited(query).isPresent()) {
            throw new TaskFailedException(Failure.of(
                    Kind.FORBIDDEN, "The plan of a statement is told to those alone who may see all of its tables"));
        }
    }
}
