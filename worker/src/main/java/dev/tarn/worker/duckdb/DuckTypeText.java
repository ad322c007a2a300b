package dev.tarn.worker.duckdb;

import dev.tarn.worker.duckdb.DuckType.Field;
import dev.tarn.worker.duckdb.DuckType.ListOf;
import dev.tarn.worker.duckdb.DuckType.MapOf;
import dev.tarn.worker.duckdb.DuckType.Scalar;
import dev.tarn.worker.duckdb.DuckType.Struct;
import java.util.ArrayList;
import java.util.List;

/** Reads DuckDB's text of a type. */
final class DuckTypeText {
    private static final String ZONE = " WITH TIME ZONE";

    private final String text;
    private int at;

    DuckTypeText(String text) {
        this.text = text;
    }

    DuckType whole() {
        DuckType type = type();
        skipBlanks();
        if (at < text.length()) {
            throw unreadable();
        }
        return type;
    }

    private DuckType type() {
        skipBlanks();
        String word = name();
        DuckType type = switch (word) {
            case "STRUCT" -> isAt('(') ? new Struct(fields()) : new Scalar(word);
            case "MAP" -> map();
            default -> new Scalar(word + parenthesis() + zone());
        };
        while (isAt('[')) {
            int start = at;
            at = text.indexOf(']', at) + 1;
            if (at == 0) {
                throw unreadable();
            }
            type = new ListOf(type, text.substring(start, at));
        }
        return type;
    }

    private List<Field> fields() {
        at++;
        List<Field> fields = new ArrayList<>();
        skipBlanks();
        while (!isAt(')')) {
            skipBlanks();
            String name = name();
            fields.add(new Field(name, type()));
            expectCommaOrEnd();
        }
        at++;
        return List.copyOf(fields);
    }

    private MapOf map() {
        at++;
        DuckType key = type();
        expectCommaOrEnd();
        DuckType value = type();
        expectCommaOrEnd();
        at++;
        return new MapOf(key, value);
    }

    private void expectCommaOrEnd() {
        skipBlanks();
        if (isAt(',')) {
            at++;
        } else if (!isAt(')')) {
            throw unreadable();
        }
    }

    private String zone() {
        if (text.startsWith(ZONE, at)) {
            at += ZONE.length();
            return ZONE;
        }
        return "";
    }

    /** An identifier, quoted or not, as it stands. */
    private String name() {
        int start = at;
        if (isAt('"')) {
            at = afterQuote('"');
        } else {
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
        }
        if (at == start) {
            throw unreadable();
        }
        return text.substring(start, at);
    }

    private String parenthesis() {
        int start = at;
        if (isAt('(')) {
            int depth = 0;
            do {
                if (at >= text.length()) {
                    throw unreadable();
                }
                char c = text.charAt(at);
                if (c == '\'' || c == '"') {
                    at = afterQuote(c);
                } else {
                    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                    at++;
                }
            } while (depth > 0);
        }
        return text.substring(start, at);
    }

    private int afterQuote(char quote) {
        int end = text.indexOf(quote, at + 1);
        while (end >= 0 && end + 1 < text.length() && text.charAt(end + 1) == quote) {
            end = text.indexOf(quote, end + 2);
        }
        if (end < 0) {
            throw unreadable();
        }
        return end + 1;
    }

    private boolean isAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void skipBlanks() {
        while (isAt(' ')) {
            at++;
        }
    }

    private IllegalArgumentException unreadable() {
        return new IllegalArgumentException("The type " + text + " cannot be read");
    }
}
