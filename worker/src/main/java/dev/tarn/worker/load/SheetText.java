package dev.tarn.worker.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts of cells as a workbook writes them. */
final class SheetText {
    /** What XML cannot hold, ECMA-376, 22.9.2.19. */
    private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private SheetText() {}

    static String unescaped(CharSequence text) {
        String plain = text.toString();
        if (!plain.contains("_x")) {
            return plain;
        }
        Matcher matcher = ESCAPE.matcher(plain);
        return matcher.replaceAll(found -> {
            char c = (char) Integer.parseInt(found.group(1), 16);
            return c == 0 ? Matcher.quoteReplacement(found.group()) : Matcher.quoteReplacement(String.valueOf(c));
        });
    }
}
