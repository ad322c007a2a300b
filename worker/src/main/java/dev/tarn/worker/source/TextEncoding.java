package dev.tarn.worker.source;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a text is encoded. A byte order mark says it; else whoever asks does; else UTF-16 is recognised where every second byte of
 * the beginning is zero; everything else must be UTF-8.
 *
 * @param markBytes length of the byte order mark
 */
record TextEncoding(Charset charset, int markBytes) {
    static final int HEAD_BYTES = 4_096;

    private static final double MOSTLY = 0.5;
    private static final double HARDLY = 0.02;

    static TextEncoding of(byte[] head, @Nullable String told, String name) throws SourceException {
        if (Packing.begins(head, 0xEF, 0xBB, 0xBF)) {
            return new TextEncoding(UTF_8, 3);
        }
        if (Packing.begins(head, 0xFF, 0xFE, 0, 0)) {
            return new TextEncoding(Charset.forName("UTF-32LE"), 4);
        }
        if (Packing.begins(head, 0, 0, 0xFE, 0xFF)) {
            return new TextEncoding(Charset.forName("UTF-32BE"), 4);
        }
        if (Packing.begins(head, 0xFF, 0xFE)) {
            return new TextEncoding(UTF_16LE, 2);
        }
        if (Packing.begins(head, 0xFE, 0xFF)) {
            return new TextEncoding(UTF_16BE, 2);
        }
        return new TextEncoding(told != null ? charset(told, name) : evident(head), 0);
    }

    boolean isUtf8() {
        return charset.equals(UTF_8);
    }

    private static Charset evident(byte[] head) {
        int pairs = head.length / 2;
        int[] zeros = new int[2];
        for (int i = 0; i < pairs * 2; i++) {
            zeros[i % 2] += head[i] == 0 ? 1 : 0;
        }
        if (pairs > 1 && zeros[1] >= pairs * MOSTLY && zeros[0] <= pairs * HARDLY) {
            return UTF_16LE;
        }
        return pairs > 1 && zeros[0] >= pairs * MOSTLY && zeros[1] <= pairs * HARDLY ? UTF_16BE : UTF_8;
    }

    /** Files that are said to be Latin-1 have the quotation marks, dashes and euro signs of windows-1252, as browsers know. */
    private static Charset charset(String told, String name) throws SourceException {
        String key = told.strip().toLowerCase(Locale.ROOT);
        try {
            return switch (key) {
                case "latin1", "latin-1", "iso-8859-1", "iso8859-1", "iso_8859-1", "ansi" ->
                    Charset.forName("windows-1252");
                case "utf-16", "utf16" -> UTF_16LE;
                case "utf-8-sig" -> UTF_8;
                default -> Charset.forName(key);
            };
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw SourceException.badFile("The encoding '" + told + "' of " + name
                    + " is not known; known are for example utf-8, utf-16, latin1, windows-1251, shift_jis");
        }
    }
}
