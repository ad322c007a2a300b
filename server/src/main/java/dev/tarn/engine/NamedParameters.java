package dev.tarn.engine;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import dev.tarn.worker.protocol.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parameters {@code :name} of a statement. They are bound, never spliced: the engine's own {@code $1} stands in their place,
 * filled with blanks to the same length, so that every place of an error stays what it was.
 *
 * <p>A colon begins a parameter when a word follows it at once and nothing that ends a value stands at once before it. So
 * {@code a::date}, {@code list[1:n]}, {@code {key:value}} and {@code x:=1} have none, and {@code list[1: :n]} has one.
 *
 * @param sql the statement as the engine takes it
 * @param values in the order of {@code $1}, {@code $2}, ...
 */
record NamedParameters(String sql, List<Parameter> values) {
    private static final int MOST = 1_000;
    /** Without any of these a text has no parameters, however they are written. */
    private static final String MARKS = ":?$";

    /**
     * Finds the parameters of a statement and gives each its value.
     *
     * @throws TarnException {@code INVALID_REQUEST} for one without a value and a value without one; {@code
     *     STATEMENT_NOT_ALLOWED} for the engine's own ways of writing them
     */
    static NamedParameters of(String sql, Map<String, ParameterValue> given) {
        if (given.isEmpty() && MARKS.chars().allMatch(mark -> sql.indexOf(mark) < 0)) {
            return new NamedParameters(sql, List.of()); // as most statements are, and they may be long
        }
        List<SqlToken> tokens = SqlLexer.tokens(sql);
        List<SqlToken> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isSymbol('?') || token.isSymbol('$')) {
                throw new TarnException(
                                ErrorCode.STATEMENT_NOT_ALLOWED,
                                "Parameters are written as :name, with their values in the field parameters")
                        .at(TextPosition.of(sql, token.offset(), 1));
            }
            if (begins(tokens, i)) {
                found.add(tokens.get(i + 1));
            }
        }
        Set<String> names = new LinkedHashSet<>();
        found.stream()
                .sorted(Comparator.comparingInt(name -> name.text().length()))
                .forEach(name -> names.add(name.text()));
        check(sql, found, names, given);
        return new NamedParameters(
                rewritten(sql, found, List.copyOf(names)),
                names.stream()
                        .map(name -> Objects.requireNonNull(given.get(name)).bound())
                        .toList());
    }

    /** The names of the parameters among the tokens of a statement. */
    static Set<String> names(List<SqlToken> tokens) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (begins(tokens, i)) {
                names.add(tokens.get(i + 1).text());
            }
        }
        return names;
    }

    static TarnException unused(Set<String> names) {
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The statement has no parameter :%s; leave its value out, or check how it is written"
                        .formatted(new TreeSet<>(names).first()));
    }

    private static boolean begins(List<SqlToken> tokens, int i) {
        SqlToken colon = tokens.get(i);
        if (!colon.isSymbol(':') || i + 1 == tokens.size()) {
            return false;
        }
        SqlToken name = tokens.get(i + 1);
        if (name.kind() != SqlToken.Kind.WORD || name.offset() != colon.end()) {
            return false;
        }
        if (i == 0 || tokens.get(i - 1).end() < colon.offset()) {
            return true;
        }
        SqlToken before = tokens.get(i - 1);
        boolean opensSlice = before.isSymbol('[')
                && i > 1
                && tokens.get(i - 2).end() == before.offset()
                && endsValue(tokens.get(i - 2));
        return !opensSlice && !before.isSymbol(':') && !endsValue(before);
    }

    private static boolean endsValue(SqlToken token) {
        return token.kind() != SqlToken.Kind.SYMBOL
                || token.isSymbol(')')
                || token.isSymbol(']')
                || token.isSymbol('}');
    }

    private static void check(String sql, List<SqlToken> found, Set<String> names, Map<String, ParameterValue> given) {
        for (SqlToken name : found) {
            if (!given.containsKey(name.text())) {
                throw new TarnException(
                                ErrorCode.INVALID_REQUEST,
                                "The parameter :%s has no value; give one in the field parameters"
                                        .formatted(name.text()))
                        .at(TextPosition.of(sql, name.offset() - 1, name.text().length() + 1));
            }
        }
        Set<String> unused = new TreeSet<>(given.keySet());
        unused.removeAll(names);
        if (!unused.isEmpty()) {
            throw unused(unused);
        }
        if (names.size() > MOST) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The statement has %d parameters and %d are the most".formatted(names.size(), MOST));
        }
    }

    private static String rewritten(String sql, List<SqlToken> found, List<String> names) {
        StringBuilder text = new StringBuilder(sql);
        for (SqlToken name : found) {
            int length = name.text().length() + 1;
            String number = "$" + (names.indexOf(name.text()) + 1);
            if (number.length() > length) {
                throw new TarnException(
                                ErrorCode.INVALID_REQUEST,
                                "There are so many parameters that :%s needs a longer name".formatted(name.text()))
                        .at(TextPosition.of(sql, name.offset() - 1, length));
            }
            text.replace(name.offset() - 1, name.end(), number + " ".repeat(length - number.length()));
        }
        return text.toString();
    }
}
