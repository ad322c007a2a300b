package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns as in CREATE TABLE: {@code a DATE, "b c" AS b DECIMAL(10,2), d}. Commas within brackets belong to a type. */
final class ColumnList {
    private ColumnList() {}

    static List<JsonObject> parse(String text) throws CommandException {
        List<JsonObject> columns = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ',';
            quoted ^= c == '"';
            if (!quoted && (c == '(' || c == '<')) {
                depth++;
            } else if (!quoted && (c == ')' || c == '>')) {
                depth--;
            } else if (c == ',' && !quoted && depth == 0) {
                columns.add(column(text.substring(start, i).strip()));
                start = i + 1;
            }
        }
        if (quoted || depth != 0) {
            throw new CommandException(
                    ExitCode.USAGE, "The columns `" + text + "` have a quote or a bracket without its end.");
        }
        return columns;
    }

    private static JsonObject column(String text) throws CommandException {
        Map<String, @Nullable Object> column = new LinkedHashMap<>();
        int end = nameEnd(text, 0);
        if (end == 0) {
            throw new CommandException(
                    ExitCode.USAGE, "--columns takes \"a DATE, b INT\": a column has no name in `" + text + "`.");
        }
        column.put("source", unquoted(text.substring(0, end)));
        String rest = text.substring(end).strip();
        if (rest.toLowerCase(Locale.ROOT).startsWith("as ")) {
            rest = rest.substring(3).strip();
            end = nameEnd(rest, 0);
            column.put("name", unquoted(rest.substring(0, end)));
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) {
            column.put("type", rest);
        }
        return new JsonObject(column);
    }

    private static int nameEnd(String text, int from) {
        int at = from;
        if (text.startsWith("\"", at)) {
            int close = text.indexOf('"', at + 1);
            while (close >= 0 && text.startsWith("\"\"", close)) {
                close = text.indexOf('"', close + 2);
            }
            return close < 0 ? text.length() : close + 1;
        }
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static String unquoted(String name) {
        return name.startsWith("\"")
                ? name.substring(1, Math.max(1, name.length() - 1)).replace("\"\"", "\"")
                : name;
    }
}
