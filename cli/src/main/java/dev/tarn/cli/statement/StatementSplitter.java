package dev.tarn.cli.statement;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts a text at its semicolons, except those within strings, quoted names and comments, which are read as DuckDB reads
 * them: {@code 'it''s'}, {@code E'\''}, {@code "a;b"}, {@code `a;b`}, {@code $tag$ ; $tag$}, {@code -- ;} and nested block comments.
 */
public final class StatementSplitter {
    private final String text;
    private final List<StatementText> statements = new ArrayList<>();
    private Set<String> parameters = new LinkedHashSet<>();
    private int at;
    private int start;
    private boolean anything;
    private boolean open;

    private StatementSplitter(String text) {
        this.text = text;
    }

    /** The statements; what holds nothing but blanks and comments is none. */
    public static List<StatementText> split(String text) {
        StatementSplitter splitter = new StatementSplitter(text);
        splitter.run();
        splitter.cut(text.length());
        return splitter.statements;
    }

    /** Whether the text ends with a semicolon that ends a statement, blanks and comments after it aside. */
    public static boolean complete(String text) {
        StatementSplitter splitter = new StatementSplitter(text);
        splitter.run();
        return !splitter.open && !splitter.anything && !splitter.statements.isEmpty();
    }

    private void run() {
        while (at < text.length()) {
            next();
        }
    }

    private void next() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (text.startsWith("--", at)) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end + 1;
        } else if (text.startsWith("/*", at)) {
            comment();
        } else if (c == ';') {
            cut(at);
            start = ++at;
        } else {
            anything = true;
            token(c);
        }
    }

    private void token(char c) {
        if (c == '\'') {
            quoted(c, false);
        } else if ((c == 'e' || c == 'E') && text.startsWith("'", at + 1)) {
            at++;
            quoted('\'', true);
        } else if (c == '"' || c == '`') {
            quoted(c, false);
        } else if (c == '$') {
            dollar();
        } else if (isWordStart(c)) {
            word();
        } else if (text.startsWith("::", at)) {
            at += 2;
        } else if (c == ':' && at + 1 < text.length() && isWordStart(text.charAt(at + 1))) {
            at++;
            parameters.add(word());
        } else {
            at++;
        }
    }

    private static boolean isWordStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private String word() {
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(from, at);
    }

    private void comment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
        open |= depth > 0;
    }

    /** A doubled quote begins another quoted piece at once, which is the same as staying in this one. */
    private void quoted(char quote, boolean escapes) {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (escapes && c == '\\') {
                at++;
            } else if (c == quote) {
                return;
            }
        }
        at = text.length();
        open = true;
    }

    private void dollar() {
        int end = at + 1;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        boolean tag = end < text.length()
                && text.charAt(end) == '$'
                && (end == at + 1 || !Character.isDigit(text.charAt(at + 1)));
        if (!tag) {
            at++;
            return;
        }
        String mark = text.substring(at, end + 1);
        int close = text.indexOf(mark, end + 1);
        open |= close < 0;
        at = close < 0 ? text.length() : close + mark.length();
    }

    private void cut(int end) {
        if (anything) {
            int from = start;
            while (Character.isWhitespace(text.charAt(from))) {
                from++;
            }
            int line = 1
                    + (int) text.substring(0, from)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            statements.add(new StatementText(text.substring(from, end).stripTrailing(), line, parameters));
        }
        parameters = new LinkedHashSet<>();
        anything = false;
    }
}
