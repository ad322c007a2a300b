package dev.tarn.engine;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import dev.tarn.worker.protocol.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * A statement whose outer grammar was read.
 *
 * @param sql the caller's text
 * @param parameters in the order of their places
 */
record ParsedStatement(String sql, Statement statement, List<Parameter> parameters) {

    /** @throws TarnException for a text that is too long, or no statement */
    static ParsedStatement of(BoundStatement bound, long longest) {
        String sql = bound.sql();
        if (sql.length() > longest) {
            throw new TarnException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "The statement has %d characters and the limit is %d; load long lists as a table and join it"
                            .formatted(sql.length(), longest));
        }
        NamedParameters named = NamedParameters.of(sql, bound.parameters());
        return new ParsedStatement(sql, StatementParser.parse(named.sql(), bound.defaults()), named.values());
    }

    interface Work<T> {
        T with(Statement statement, List<Parameter> parameters);
    }

    /** Does the work; places in what is wrong with the query are made those in the whole text. */
    <T> T with(Work<T> work) {
        try {
            return work.with(statement, parameters);
        } catch (TarnException e) {
            throw switch (statement) {
                case Statement.OfQuery ofQuery -> shifted(e, ofQuery.query());
                case Statement.Changing changing ->
                    changing.source().map(query -> shifted(e, query)).orElse(e);
                default -> e;
            };
        }
    }

    private TarnException shifted(TarnException failure, Statement.Query query) {
        return failure.position()
                .map(place -> failure.at(TextPosition.of(sql, place.offset() + query.offset(), place.length())))
                .orElse(failure);
    }

    /** Of a text that begins as one that writes does. */
    Change change() {
        if (!(statement instanceof Statement.Changing changing)) {
            throw new IllegalStateException("It begins as a statement that writes and is none");
        }
        if (changing.source().isEmpty() && changing.clauses().isEmpty() && !parameters.isEmpty()) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "Parameters can stand in queries alone");
        }
        if (changing.change() instanceof Change.CreateView && !parameters.isEmpty()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "A view has no parameters; write the values, or filter what it answers");
        }
        return changing.change();
    }

    /** The query in a statement of any kind. */
    static Optional<Statement.Query> query(Statement statement) {
        return switch (statement) {
            case Statement.OfQuery ofQuery -> Optional.of(ofQuery.query());
            case Statement.Changing changing -> changing.source();
            default -> Optional.empty();
        };
    }

    /**
     * Passes what can become true together with other statements.
     *
     * @throws TarnException {@code STATEMENT_NOT_ALLOWED}
     */
    static void requireScriptable(String sql, Statement statement) {
        if (!(statement instanceof Statement.Changing)) {
            SqlToken first = SqlLexer.first(sql).orElseThrow();
            throw new TarnException(
                            ErrorCode.STATEMENT_NOT_ALLOWED,
                            "This cannot stand between BEGIN and COMMIT: statements that change something can, and not those that only read, since the answer of a script is what each statement has changed; send a query of its own before or behind")
                    .at(TextPosition.of(sql, first.offset(), first.end() - first.offset()));
        }
    }

    static Statement.Query source(Statement statement) {
        return statement instanceof Statement.Changing changing
                ? changing.source().orElseThrow()
                : onlyQuery(statement);
    }

    static Statement.Query onlyQuery(Statement statement) {
        if (statement instanceof Statement.Query query) {
            return query;
        }
        throw new TarnException(
                ErrorCode.STATEMENT_NOT_ALLOWED,
                "Only a query can be explained here, exported or kept as a table; SHOW, DESCRIBE and EXPLAIN can be run");
    }
}
