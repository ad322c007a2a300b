package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;

/** Takes one part of a dotted name from a text. */
final class TableNamePart {
    private TableNamePart() {}

    /**
     * Adds the part that begins at {@code start}.
     *
     * @return where the next part begins: one more than the text's length after the last one
     */
    static int read(String text, int start, List<String> parts) {
        if (start < text.length() && isQuote(text.charAt(start))) {
            return readQuoted(text, start, parts);
        }
        int end = text.indexOf('.', start);
        end = end < 0 ? text.length() : end;
        String part = text.substring(start, end);
        if (part.isEmpty()) {
            throw invalid(text, "has an empty part");
        }
        if (!part.equals(part.strip())) {
            throw invalid(text, "has a part that begins or ends with a blank; quote that part");
        }
        if (part.chars().anyMatch(c -> isQuote((char) c))) {
            throw invalid(text, "has a quotation mark inside a part; quote that part and double the mark");
        }
        parts.add(part);
        return end + 1;
    }

    private static int readQuoted(String text, int start, List<String> parts) {
        char quote = text.charAt(start);
        StringBuilder part = new StringBuilder();
        int at = start + 1;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != quote) {
                part.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                part.append(quote);
                at++;
            } else if (at == text.length() || text.charAt(at) == '.') {
                parts.add(part.toString());
                return at + 1;
            } else {
                throw invalid(text, "goes on after a closing quotation mark without a dot");
            }
        }
        throw invalid(text, "has a quotation mark that is never closed");
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '`';
    }

    private static TarnException invalid(String text, String problem) {
        String shown = text.length() <= 80 ? text : text.substring(0, 60) + "...";
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The name %s %s; names look like iceberg.shop.orders".formatted(shown, problem));
    }
}
