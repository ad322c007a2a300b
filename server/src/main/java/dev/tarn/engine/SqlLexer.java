package dev.tarn.engine;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a statement into tokens, as DuckDB's own lexer does, for the outer grammar that DuckDB does not know (SHOW,
 * DESCRIBE, and what is refused by name). What stands inside of a query is DuckDB's business.
 */
final class SqlLexer {
    /** Deeper brackets are refused before any parser recurses into them. */
    static final int MAX_NESTING = 200;

    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;
    private int nesting;

    private SqlLexer(String sql) {
        this.sql = sql;
    }

    static List<SqlToken> tokens(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        while (lexer.at < sql.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    /** The first token, without a look at what follows. */
    static Optional<SqlToken> first(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        while (lexer.at < sql.length() && lexer.tokens.isEmpty()) {
            lexer.next();
        }
        return lexer.tokens.stream().findFirst();
    }

    private void next() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            at = end < 0 ? sql.length() : end + 1;
        } else if (sql.startsWith("/*", at)) {
            skipComment();
        } else if (c == '\'' || ((c == 'e' || c == 'E') && startsWithQuote(at + 1))) {
            string(c != '\'');
        } else if (c == '"' || c == '`') {
            quotedName(c);
        } else if (c == '$' && dollarTag() != null) {
            dollarString();
        } else if (Character.isLetter(c) || c == '_' || c > 127) {
            word();
        } else if (Character.isDigit(c)) {
            number();
        } else {
            symbol(c);
        }
    }

    private boolean startsWithQuote(int index) {
        return index < sql.length() && sql.charAt(index) == '\'';
    }

    private void skipComment() {
        int end = sql.indexOf("*/", at + 2);
        if (end < 0) {
            throw unterminated("comment");
        }
        at = end + 2;
    }

    private void string(boolean escapes) {
        int start = at;
        at += escapes ? 2 : 1;
        StringBuilder text = new StringBuilder();
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (escapes && c == '\\' && at + 1 < sql.length()) {
                text.append(sql.charAt(at + 1));
                at += 2;
            } else if (c == '\'' && startsWithQuote(at + 1)) {
                text.append(c);
                at += 2;
            } else if (c == '\'') {
                at++;
                add(SqlToken.Kind.STRING, text.toString(), start);
                return;
            } else {
                text.append(c);
                at++;
            }
        }
        at = start;
        throw unterminated("string");
    }

    private void quotedName(char quote) {
        int start = at++;
        StringBuilder text = new StringBuilder();
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c != quote) {
                text.append(c);
            } else if (at < sql.length() && sql.charAt(at) == quote) {
                text.append(c);
                at++;
            } else {
                add(SqlToken.Kind.QUOTED_NAME, text.toString(), start);
                return;
            }
        }
        at = start;
        throw unterminated("quoted name");
    }

    private @org.jspecify.annotations.Nullable String dollarTag() {
        int end = at + 1;
        while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
            end++;
        }
        boolean tag = end < sql.length()
                && sql.charAt(end) == '$'
                && (end == at + 1 || !Character.isDigit(sql.charAt(at + 1)));
        return tag ? sql.substring(at, end + 1) : null;
    }

    private void dollarString() {
        String tag = java.util.Objects.requireNonNull(dollarTag());
        int start = at;
        int end = sql.indexOf(tag, at + tag.length());
        if (end < 0) {
            throw unterminated("string");
        }
        at = end + tag.length();
        add(SqlToken.Kind.STRING, sql.substring(start + tag.length(), end), start);
    }

    private void word() {
        int start = at;
        while (at < sql.length() && isWordPart(sql.charAt(at))) {
            at++;
        }
        add(SqlToken.Kind.WORD, sql.substring(start, at), start);
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 127;
    }

    private void number() {
        int start = at;
        while (at < sql.length() && (isWordPart(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        add(SqlToken.Kind.NUMBER, sql.substring(start, at), start);
    }

    private void symbol(char c) {
        int start = at++;
        if (c == '(' || c == '[' || c == '{') {
            nesting++;
            if (nesting > MAX_NESTING) {
                throw new TarnException(
                                ErrorCode.SYNTAX_ERROR,
                                "Brackets are nested deeper than %d levels".formatted(MAX_NESTING))
                        .at(TextPosition.of(sql, start, 1));
            }
        } else if (c == ')' || c == ']' || c == '}') {
            nesting--;
        }
        add(SqlToken.Kind.SYMBOL, String.valueOf(c), start);
    }

    private void add(SqlToken.Kind kind, String text, int start) {
        tokens.add(new SqlToken(kind, text, start, at));
    }

    private TarnException unterminated(String what) {
        return new TarnException(ErrorCode.SYNTAX_ERROR, "A " + what + " that begins here has no end")
                .at(TextPosition.of(sql, at, 1));
    }
}
