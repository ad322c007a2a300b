package dev.tarn.engine;

import dev.tarn.catalog.TableVersion;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Spark's {@code t [FOR] VERSION|TIMESTAMP AS OF x}, which DuckDB does not know. What the engine would read as something else is
 * never taken for it: these words with a constant behind them stand in no query of DuckDB's.
 *
 * @param sql the query with blanks where they stood, of the same length
 * @param clauses in their order
 */
record VersionClauses(String sql, List<VersionClause> clauses) {

    /** @param tokens those of the text */
    static VersionClauses of(String sql, List<SqlToken> tokens) {
        List<VersionClause> found = new ArrayList<>();
        for (int i = 1; i < tokens.size(); i++) {
            int words = words(tokens, i);
            if (words > 0) {
                VersionClause clause = clause(sql, tokens, i, i + words);
                found.add(clause);
            }
        }
        List<Replacement> blanks =
                found.stream().map(clause -> Replacement.blank(sql, clause)).toList();
        return new VersionClauses(Replacement.applied(sql, blanks), found);
    }

    private static int words(List<SqlToken> tokens, int at) {
        int i = tokens.get(at).isWord("FOR") ? at + 1 : at;
        // After a FOR that was passed over this place comes again.
        boolean begins =
                tokens.get(at - 1).isName() && !(i == at && tokens.get(at - 1).isWord("FOR"));
        return begins
                        && i + 3 < tokens.size()
                        && (isVersion(tokens.get(i)) || isTime(tokens.get(i)))
                        && tokens.get(i + 1).isWord("AS")
                        && tokens.get(i + 2).isWord("OF")
                        && isConstant(tokens, i + 3)
                ? i + 3 - at
                : 0;
    }

    private static boolean isVersion(SqlToken token) {
        return token.isWord("VERSION") || token.isWord("SYSTEM_VERSION");
    }

    private static boolean isTime(SqlToken token) {
        return token.isWord("TIMESTAMP") || token.isWord("SYSTEM_TIME");
    }

    private static boolean isConstant(List<SqlToken> tokens, int at) {
        SqlToken token = tokens.get(at);
        return token.kind() == SqlToken.Kind.STRING || token.kind() == SqlToken.Kind.NUMBER || isTyped(tokens, at);
    }

    private static boolean isTyped(List<SqlToken> tokens, int at) {
        return (tokens.get(at).isWord("TIMESTAMP") || tokens.get(at).isWord("DATE"))
                && at + 1 < tokens.size()
                && tokens.get(at + 1).kind() == SqlToken.Kind.STRING;
    }

    private static VersionClause clause(String sql, List<SqlToken> tokens, int at, int constant) {
        SqlToken value = tokens.get(isTyped(tokens, constant) ? constant + 1 : constant);
        boolean quoted = value.kind() == SqlToken.Kind.STRING;
        boolean version = isVersion(tokens.get(constant - 3));
        int start = tokens.get(at).offset();
        Optional<TableVersion> meant =
                version ? VersionClause.version(value.text(), quoted) : VersionClause.moment(value.text(), quoted);
        return new VersionClause(
                tokens.get(at - 1).end(),
                start,
                value.end(),
                meant.orElseThrow(() -> VersionClause.unreadable(version)
                        .at(TextPosition.of(sql, value.offset(), value.end() - value.offset()))));
    }

    /**
     * The tables of a query, each with the clause that follows its name.
     *
     * @throws TarnException {@code SYNTAX_ERROR} for a clause that follows something else
     */
    static List<TableReference> assigned(String sql, List<VersionClause> clauses, List<TableReference> tables) {
        if (clauses.isEmpty()) {
            return tables;
        }
        List<TableReference> assigned = new ArrayList<>(tables);
        for (VersionClause clause : clauses) {
            int follows = follows(sql, clause, assigned);
            if (follows < 0) {
                throw new TarnException(
                                ErrorCode.SYNTAX_ERROR,
                                "VERSION AS OF and TIMESTAMP AS OF stand right behind the name of a table")
                        .at(TextPosition.of(sql, clause.offset(), clause.end() - clause.offset()));
            }
            assigned.set(follows, assigned.get(follows).with(clause));
        }
        return assigned;
    }

    private static int follows(String sql, VersionClause clause, List<TableReference> tables) {
        for (int i = 0; i < tables.size(); i++) {
            TableReference table = tables.get(i);
            if (table.clause().isEmpty()
                    && table.offset() >= 0
                    && table.offset() < clause.nameEnd()
                    && table.nameEnd(sql) == clause.nameEnd()) {
                return i;
            }
        }
        return -1;
    }
}
