package dev.tarn.platform;

/**
 * A place in a caller's text.
 *
 * @param line 1-based
 * @param column 1-based, in UTF-16 units
 * @param offset 0-based, in UTF-16 units from the start of the text
 * @param length in UTF-16 units; 0 when only the start is known
 */
public record TextPosition(int line, int column, int offset, int length) {

    /** The position of {@code offset} in {@code text}; offsets beyond the text are moved to its end. */
    public static TextPosition of(String text, int offset, int length) {
        int end = Math.clamp(offset, 0, text.length());
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new TextPosition(line, end - lineStart + 1, end, Math.clamp(length, 0, text.length() - end));
    }
}
