package dev.tarn.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The word DEFAULT in the rows of {@code INSERT ... VALUES}, in the place of a value; the engine's queries do not know it. */
public final class DefaultItems {
    private DefaultItems() {}

    private record Item(SqlToken token, int place) {}

    /**
     * The statement with what a column has by default in each such place.
     *
     * @param texts SQL by the place of a value in its row
     */
    public static BoundStatement replaced(BoundStatement bound, IntFunction<String> texts) {
        StringBuilder sql = new StringBuilder(bound.sql());
        List<Item> items = items(SqlLexer.tokens(bound.sql()));
        for (Item item : items.reversed()) {
            sql.replace(item.token().offset(), item.token().end(), texts.apply(item.place()));
        }
        return items.isEmpty() ? bound : new BoundStatement(sql.toString(), bound.parameters(), bound.defaults());
    }

    /** {@code INSERT ... DEFAULT VALUES} with the row that it means. */
    public static BoundStatement row(BoundStatement bound, List<String> values) {
        List<SqlToken> tokens = SqlLexer.tokens(bound.sql());
        int last = tokens.size() - 1;
        while (!tokens.get(last).isWord("VALUES")) {
            last--;
        }
        String sql = bound.sql().substring(0, tokens.get(last - 1).offset())
                + "VALUES (%s)".formatted(String.join(", ", values));
        return new BoundStatement(sql, bound.parameters(), bound.defaults());
    }

    private static List<Item> items(List<SqlToken> tokens) {
        List<Item> items = new ArrayList<>();
        int at = insert(tokens);
        while (at < tokens.size() && !tokens.get(at).isWord("VALUES")) {
            // A query may hold VALUES of its own, where DEFAULT means nothing.
            if (tokens.get(at).isWord("SELECT")
                    || tokens.get(at).isWord("WITH")
                    || tokens.get(at).isWord("FROM")) {
                return items;
            }
            at++;
        }
        int depth = 0;
        int place = 0;
        for (at++; at < tokens.size(); at++) {
            SqlToken token = tokens.get(at);
            if (token.isSymbol('(') || token.isSymbol('[') || token.isSymbol('{')) {
                depth++;
                place = depth == 1 ? 0 : place;
            } else if (token.isSymbol(')') || token.isSymbol(']') || token.isSymbol('}')) {
                depth--;
            } else if (depth == 1 && token.isSymbol(',')) {
                place++;
            } else if (depth == 1 && token.isWord("DEFAULT") && isAlone(tokens, at)) {
                items.add(new Item(token, place));
            }
        }
        return items;
    }

    /** Where INSERT stands: common table expressions may be before it. */
    private static int insert(List<SqlToken> tokens) {
        TokenCursor behind = RowClausesParser.behindCommonTables(tokens);
        return behind.sees("INSERT") ? behind.place() : 0;
    }

    private static boolean isAlone(List<SqlToken> tokens, int at) {
        SqlToken before = tokens.get(at - 1);
        return (before.isSymbol('(') || before.isSymbol(','))
                && at + 1 < tokens.size()
                && (tokens.get(at + 1).isSymbol(')') || tokens.get(at + 1).isSymbol(','));
    }
}
