package dev.tarn.worker.duckdb;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of SQL text that we write ourselves. */
public final class Sql {
    private Sql() {}

    /** An identifier, whatever characters it has. */
    public static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text literal. */
    public static String text(String value) {
        return '\'' + value.replace("'", "''") + '\'';
    }

    public static String texts(List<String> values) {
        return values.stream().map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
    }

    /** The struct form of a file list: a plain path would be taken as a glob pattern. */
    public static String files(List<String> paths) {
        return paths.stream()
                .map(path -> "{'filename': " + text(path) + "}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** DuckDB counts UTF-8 bytes, callers count UTF-16 units; -1 when the position lies outside of the text. */
    public static int utf16Offset(String text, long utf8Offset) {
        long bytes = 0;
        for (int i = 0; i < text.length(); ) {
            if (bytes >= utf8Offset) {
                return bytes == utf8Offset ? i : -1;
            }
            int point = text.codePointAt(i);
            // A lone surrogate is sent as a question mark.
            bytes += point < 0x80 || (point >= 0xD800 && point <= 0xDFFF)
                    ? 1
                    : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            i += Character.charCount(point);
        }
        return bytes == utf8Offset ? text.length() : -1;
    }
}
