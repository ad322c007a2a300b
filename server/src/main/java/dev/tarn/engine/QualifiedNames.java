package dev.tarn.engine;

import dev.tarn.catalog.TableName;
import dev.tarn.engine.RowClauses.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Pieces of a statement's text. The table that it changes, and the source of a MERGE, stand there under their last names; so where a
 * column is written with more of a table's name before it, that is taken away.
 */
final class QualifiedNames {
    private final String sql;
    private final List<SqlToken> tokens;
    private final List<List<String>> hidden = new ArrayList<>();

    QualifiedNames(String sql, List<SqlToken> tokens) {
        this.sql = sql;
        this.tokens = tokens;
    }

    /** From now on columns of the table need its last name alone. */
    void hide(TableName table) {
        List<String> path = new ArrayList<>(List.of(table.catalog()));
        path.addAll(table.namespace());
        path.add(table.table());
        hidden.add(path.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList());
    }

    int offset(int token) {
        return tokens.get(token).offset();
    }

    /** The text from one token to before another. */
    Piece piece(int first, int end) {
        int start = tokens.get(first).offset();
        StringBuilder text =
                new StringBuilder(sql.substring(start, tokens.get(end - 1).end()));
        for (int i = first; i < end; i++) {
            int last = qualifier(i, end);
            if (last > i) {
                int from = tokens.get(i).offset() - start;
                int to = tokens.get(last).offset() - start;
                text.replace(from, to, " ".repeat(to - from));
                i = last;
            }
        }
        return new Piece(text.toString(), start);
    }

    /** The last part of a hidden name that begins there and has a column behind it; -1 when none does. */
    private int qualifier(int at, int end) {
        if (!tokens.get(at).isName() || (at > 0 && tokens.get(at - 1).isSymbol('.'))) {
            return -1;
        }
        for (List<String> path : hidden) {
            for (int skipped = 0; skipped < path.size() - 1; skipped++) {
                int last = at + 2 * (path.size() - skipped - 1);
                if (last + 1 < end && isPath(at, path.subList(skipped, path.size()))) {
                    return last;
                }
            }
        }
        return -1;
    }

    private boolean isPath(int at, List<String> path) {
        for (int i = 0; i < path.size(); i++) {
            SqlToken name = tokens.get(at + 2 * i);
            if (!name.isName()
                    || !name.text().toLowerCase(Locale.ROOT).equals(path.get(i))
                    || !tokens.get(at + 2 * i + 1).isSymbol('.')) {
                return false;
            }
        }
        return true;
    }
}
