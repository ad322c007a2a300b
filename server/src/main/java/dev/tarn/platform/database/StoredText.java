package dev.tarn.platform.database;

/**
 * Callers' text as both databases take it. PostgreSQL refuses NUL, and neither keeps half of a character; what they would not
 * give back as it was becomes U+FFFD.
 */
public final class StoredText {
    private static final int REPLACEMENT = 0xFFFD;

    private StoredText() {}

    /** The text as it is kept. */
    public static String of(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point == 0 || isHalf(point) ? REPLACEMENT : point)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** A pair of surrogates is one code point of its own, so what is still in their range stands alone. */
    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
