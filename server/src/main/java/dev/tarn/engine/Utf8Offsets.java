package dev.tarn.engine;

/** DuckDB counts places in UTF-8 bytes, callers in UTF-16 units. */
final class Utf8Offsets {
    private final String text;

    Utf8Offsets(String text) {
        this.text = text;
    }

    /** The UTF-16 offset of a UTF-8 one; the end of the text for anything beyond. */
    int utf16(int utf8) {
        int bytes = 0;
        int at = 0;
        while (at < text.length() && bytes < utf8) {
            int point = text.codePointAt(at);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            at += Character.charCount(point);
        }
        return at;
    }
}
