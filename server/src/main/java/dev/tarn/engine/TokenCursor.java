package dev.tarn.engine;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through the tokens of a statement, from left to right. */
final class TokenCursor {
    private static final int SHOWN = 40;

    private final String sql;
    private final List<SqlToken> tokens;
    private int at;

    TokenCursor(String sql, List<SqlToken> tokens) {
        this.sql = sql;
        this.tokens = tokens;
    }

    boolean isAtEnd() {
        return at >= tokens.size();
    }

    /** Whether the next tokens are these words; then they are behind us. */
    boolean accept(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (at + i >= tokens.size() || !tokens.get(at + i).isWord(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    boolean accept(char symbol) {
        if (isAtEnd() || !tokens.get(at).isSymbol(symbol)) {
            return false;
        }
        at++;
        return true;
    }

    /** Whether one of the words comes next; it stays before us. */
    boolean sees(String... words) {
        return !isAtEnd() && List.of(words).stream().anyMatch(tokens.get(at)::isWord);
    }

    boolean sees(char symbol) {
        return !isAtEnd() && tokens.get(at).isSymbol(symbol);
    }

    void expect(String word) {
        if (!accept(word)) {
            throw unexpected(word);
        }
    }

    void expect(char symbol) {
        if (!accept(symbol)) {
            throw unexpected(String.valueOf(symbol));
        }
    }

    /** Whether a query stands here, in brackets or without. */
    boolean seesQuery() {
        return StatementParser.isQuery(tokens, at);
    }

    /** All that is left, as it was written. */
    String rest() {
        return isAtEnd()
                ? ""
                : sql.substring(tokens.get(at).offset(), tokens.getLast().end());
    }

    /** All that is left, as a query. */
    Statement.Query query() {
        if (!seesQuery()) {
            throw unexpected("a query");
        }
        int first = at;
        at = tokens.size();
        return StatementParser.query(sql, tokens, first);
    }

    /** One name, quoted or not. */
    String name(String what) {
        if (isAtEnd() || !tokens.get(at).isName()) {
            throw unexpected(what);
        }
        return tokens.get(at++).text();
    }

    /** The parts of a name with dots between. */
    List<String> path(String what) {
        List<String> parts = new ArrayList<>(List.of(name(what)));
        while (accept('.')) {
            parts.add(name(what));
        }
        return parts;
    }

    /** Names in brackets, with commas between. */
    List<String> names(String what) {
        expect('(');
        List<String> names = new ArrayList<>();
        do {
            names.add(name(what));
        } while (accept(','));
        expect(')');
        return names;
    }

    String string(String what) {
        if (isAtEnd() || tokens.get(at).kind() != SqlToken.Kind.STRING) {
            throw unexpected(what + " in single quotes");
        }
        return tokens.get(at++).text();
    }

    /** The text of a type: up to a comma or bracket outside of its own brackets, or to one of the words. */
    String type(String... until) {
        int first = at;
        int depth = 0;
        while (!isAtEnd()) {
            SqlToken token = tokens.get(at);
            if (depth == 0 && at > first && List.of(until).stream().anyMatch(token::isWord)) {
                break;
            }
            if (token.isSymbol('(') || token.isSymbol('<') || token.isSymbol('[')) {
                depth++;
            } else if (depth == 0 && (token.isSymbol(',') || token.isSymbol(')'))) {
                break;
            } else if (token.isSymbol(')') || token.isSymbol('>') || token.isSymbol(']')) {
                depth--;
            }
            at++;
        }
        if (at == first) {
            throw unexpected("a type");
        }
        return sql.substring(tokens.get(first).offset(), tokens.get(at - 1).end());
    }

    boolean seesString() {
        return !isAtEnd() && tokens.get(at).kind() == SqlToken.Kind.STRING;
    }

    boolean seesNumber() {
        return !isAtEnd() && tokens.get(at).kind() == SqlToken.Kind.NUMBER;
    }

    /** Whether the token behind the next one, which is a number, is this word. */
    boolean wordBehindNumber(String word) {
        return at + 1 < tokens.size() && tokens.get(at + 1).isWord(word);
    }

    /** Whether the token that was read last is this word. */
    boolean behind(String word) {
        return at > 0 && tokens.get(at - 1).isWord(word);
    }

    /** WITH before properties in brackets, which is not that of a query. */
    boolean acceptWithProperties() {
        boolean found =
                sees("WITH") && at + 1 < tokens.size() && tokens.get(at + 1).isSymbol('(');
        at += found ? 1 : 0;
        return found;
    }

    /** A whole number from 0. */
    long number(String what) {
        if (!seesNumber() || !tokens.get(at).text().matches("[0-9]{1,18}|[0-9]{19}")) {
            throw unexpected(what);
        }
        try {
            return Long.parseLong(tokens.get(at++).text());
        } catch (NumberFormatException e) {
            throw wrongBehind("%s is too large".formatted(tokens.get(at - 1).text()));
        }
    }

    /** The text of one constant: a string, a number with its sign, or a word as TRUE. */
    String constant(String what) {
        if (seesString()) {
            return string(what);
        }
        boolean negative = accept('-');
        if (!isAtEnd() && (seesNumber() || (!negative && sees("TRUE", "FALSE")))) {
            return (negative ? "-" : "") + tokens.get(at++).text() + exponent();
        }
        throw unexpected(what);
    }

    /** What stands behind the E of a number: the sign and the digits are tokens of their own. */
    private String exponent() {
        boolean open = tokens.get(at - 1).kind() == SqlToken.Kind.NUMBER
                && tokens.get(at - 1).text().matches("[0-9.]+[eE]")
                && at + 1 < tokens.size()
                && (sees('-') || sees('+'))
                && tokens.get(at).offset() == tokens.get(at - 1).end()
                && tokens.get(at + 1).kind() == SqlToken.Kind.NUMBER;
        if (!open) {
            return "";
        }
        at += 2;
        return tokens.get(at - 2).text() + tokens.get(at - 1).text();
    }

    /** The number of the next token. */
    int place() {
        return at;
    }

    void goTo(int place) {
        at = place;
    }

    boolean seesName() {
        return !isAtEnd() && tokens.get(at).isName();
    }

    /**
     * Goes on to a bracket that closes, to one of the words, or to a comma, outside of brackets and of CASE.
     *
     * @param commas whether commas belong to it
     */
    void skip(boolean commas, String... until) {
        int depth = 0;
        int cases = 0;
        for (; !isAtEnd(); at++) {
            SqlToken token = tokens.get(at);
            boolean afterDot = at > 0 && tokens.get(at - 1).isSymbol('.');
            if (depth == 0 && cases == 0 && !afterDot && stops(token, commas, until)) {
                return;
            }
            if (token.isSymbol('(') || token.isSymbol('[') || token.isSymbol('{')) {
                depth++;
            } else if (token.isSymbol(')') || token.isSymbol(']') || token.isSymbol('}')) {
                depth--;
            } else if (token.isWord("CASE") && !afterDot) {
                cases++;
            } else if (token.isWord("END") && !afterDot && cases > 0) {
                cases--;
            }
        }
    }

    private boolean stops(SqlToken token, boolean commas, String... until) {
        if (token.isSymbol(')') || token.isSymbol(']') || token.isSymbol('}') || (!commas && token.isSymbol(','))) {
            return true;
        }
        // IS DISTINCT FROM is a comparison.
        boolean compares = token.isWord("FROM") && at > 0 && tokens.get(at - 1).isWord("DISTINCT");
        return !compares && List.of(until).stream().anyMatch(token::isWord);
    }

    /** The last of some words, outside of brackets and CASE, before the first of another; this place when there is none. */
    int lastBefore(String other, String... words) {
        int start = at;
        int last = at;
        skip(true, other);
        int end = at;
        for (at = start; at < end; at++) {
            skip(true, words);
            last = at < end ? at : last;
        }
        at = start;
        return last;
    }

    /** Whether there is more than one thing from here to a place. */
    boolean joins(int end) {
        int start = at;
        skip(false, "JOIN");
        boolean joins = at < end;
        at = start;
        return joins;
    }

    /** The alias of what stands from here to a place: the last name, when that is not all of it. */
    Optional<String> aliasBefore(int end) {
        int last = end - 1;
        if (tokens.get(last).isSymbol(')')) {
            int opening = last;
            while (opening > at && !tokens.get(opening).isSymbol('(')) {
                opening--;
            }
            boolean named = opening > at + 1 && tokens.get(opening - 1).isName();
            boolean called =
                    opening == at + 1 || (opening > 1 && tokens.get(opening - 2).isSymbol('.'));
            if (!named || called || tokens.get(opening - 1).isWord("AT")) {
                return Optional.empty();
            }
            last = opening - 1;
        }
        boolean alias =
                last > at && tokens.get(last).isName() && !tokens.get(last - 1).isSymbol('.');
        return alias ? Optional.of(tokens.get(last).text()) : Optional.empty();
    }

    /** Goes behind the common table expressions after WITH; false when they cannot be read. */
    boolean skipCommonTables() {
        do {
            while (!isAtEnd() && !sees("AS")) {
                at++;
            }
            while (!isAtEnd() && !sees('(')) {
                at++;
            }
            if (!accept('(')) {
                return false;
            }
            skip(true);
            if (!accept(')')) {
                return false;
            }
        } while (accept(','));
        return true;
    }

    void end() {
        if (!isAtEnd()) {
            throw failure(ErrorCode.SYNTAX_ERROR, "%s is not expected here".formatted(shown()));
        }
    }

    TarnException unexpected(String needed) {
        return failure(
                ErrorCode.SYNTAX_ERROR,
                isAtEnd()
                        ? "The statement ends where %s is needed".formatted(needed)
                        : "%s is needed here, not %s".formatted(needed, shown()));
    }

    /** Something is wrong with what was read last. */
    TarnException wrongBehind(String message) {
        at = Math.max(0, at - 1);
        return failure(ErrorCode.SYNTAX_ERROR, message);
    }

    TarnException refused(String message) {
        return failure(ErrorCode.STATEMENT_NOT_ALLOWED, message);
    }

    TarnException failed(String message) {
        return failure(ErrorCode.SYNTAX_ERROR, message);
    }

    TarnException notServed(String what) {
        return failure(ErrorCode.STATEMENT_NOT_ALLOWED, what + " is not served yet");
    }

    private String shown() {
        String text = tokens.get(at).text();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }

    private TarnException failure(ErrorCode code, String message) {
        TextPosition place = isAtEnd()
                ? TextPosition.of(sql, sql.length(), 0)
                : TextPosition.of(
                        sql,
                        tokens.get(at).offset(),
                        tokens.get(at).end() - tokens.get(at).offset());
        return new TarnException(code, message).at(place);
    }
}
