package dev.tarn.worker.statement;

import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites DuckDB's text of a type into one that every Arrow reader understands and that loses nothing a person would see:
 * what Arrow would carry as opaque bytes or would cut (BIT, TIMETZ, INTERVAL, enums, unions, ...) becomes text, odd timestamps
 * become microseconds, integers beyond 128 bits signed become DECIMAL(38,0). A type that is fine comes back as it was.
 */
final class ReadableType {
    private final String text;
    private int at;

    private ReadableType(String text) {
        this.text = text;
    }

    static String of(String type) {
        return new ReadableType(type).type();
    }

    private String type() {
        skipBlanks();
        String word = name();
        String upper = word.startsWith("\"") ? word.substring(1, word.length() - 1) : word;
        String readable = switch (upper) {
            case "STRUCT" -> at < text.length() && text.charAt(at) == '(' ? fields("STRUCT(", true) : "VARCHAR";
            case "MAP" -> fields("MAP(", false);
            case "UNION", "ENUM" -> {
                parenthesis();
                yield "VARCHAR";
            }
            case "DECIMAL" -> word + parenthesis();
            case "TIMESTAMP" -> zoned("TIMESTAMP WITH TIME ZONE", "TIMESTAMP");
            case "TIME" -> zoned("VARCHAR", "TIME");
            case "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> "TIMESTAMP";
            case "TIME_NS" -> "TIME";
            case "UHUGEINT" -> "DECIMAL(38,0)";
            case "INTERVAL", "BIT", "BIGNUM", "VARINT", "VARIANT", "GEOMETRY", "NULL" -> {
                parenthesis();
                yield "VARCHAR";
            }
            default -> word;
        };
        return readable + brackets();
    }

    /** A struct without a field, which Arrow readers do not know, becomes text. */
    private String fields(String opening, boolean named) {
        at++;
        List<String> fields = new ArrayList<>();
        while (text.charAt(at) != ')') {
            int before = at;
            skipBlanks();
            fields.add((named ? name() + ' ' : "") + type());
            if (text.charAt(at) == ',') {
                at++;
            }
            if (at == before) {
                throw new IllegalArgumentException("The type " + text + " cannot be read");
            }
        }
        at++;
        return fields.isEmpty() ? "VARCHAR" : opening + String.join(", ", fields) + ')';
    }

    private String zoned(String withZone, String without) {
        String suffix = " WITH TIME ZONE";
        if (text.startsWith(suffix, at)) {
            at += suffix.length();
            return withZone;
        }
        return without;
    }

    /** An identifier, quoted or not, as it stands. */
    private String name() {
        int start = at;
        if (at < text.length() && text.charAt(at) == '"') {
            at = afterQuote('"');
        } else {
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
        }
        return text.substring(start, at);
    }

    private String parenthesis() {
        int start = at;
        if (at < text.length() && text.charAt(at) == '(') {
            int depth = 0;
            do {
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

    private String brackets() {
        int start = at;
        while (at < text.length() && text.charAt(at) == '[') {
            at = text.indexOf(']', at) + 1;
        }
        return text.substring(start, at);
    }

    private int afterQuote(char quote) {
        int end = at + 1;
        while (text.charAt(end) != quote || (end + 1 < text.length() && text.charAt(end + 1) == quote)) {
            end += text.charAt(end) == quote ? 2 : 1;
        }
        return end + 1;
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
