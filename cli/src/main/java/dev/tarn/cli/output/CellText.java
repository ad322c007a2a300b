package dev.tarn.cli.output;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonNumber;
import org.jspecify.annotations.Nullable;

/** One value as text. */
public final class CellText {
    private CellText() {}

    /** Exact: numbers keep their digits, texts are bare, structures are compact JSON. */
    static String exact(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case JsonNumber number -> number.literal();
            case Boolean truth -> truth.toString();
            case Number number -> number.toString();
            default -> Json.write(value);
        };
    }

    /** For a terminal: one line, and no control character of someone's data reaches the terminal as a command. */
    public static String visible(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        String text = exact(value);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static String escaped(String text) {
        StringBuilder visible = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> visible.append("\\n");
                case '\r' -> visible.append("\\r");
                case '\t' -> visible.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        visible.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        visible.append(c);
                    }
                }
            }
        }
        return visible.toString();
    }
}
