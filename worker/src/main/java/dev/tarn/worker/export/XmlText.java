package dev.tarn.worker.export;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Text inside of an element of a sheet. What XML cannot hold is written as {@code _x000B_}, as ECMA-376 has it (ST_Xstring), and
 * what looks like that already as {@code _x005F_x000B_}.
 */
final class XmlText {
    private XmlText() {}

    static void write(ByteTarget out, byte[] utf8) throws IOException {
        int plain = 0;
        for (int i = 0; i < utf8.length; i++) {
            String instead = instead(utf8, i);
            if (instead != null) {
                out.put(utf8, plain, i - plain);
                out.put(instead);
                plain = i + (isNoCharacter(utf8, i) ? 3 : 1);
                i = plain - 1;
            }
        }
        out.put(utf8, plain, utf8.length - plain);
    }

    private static @Nullable String instead(byte[] utf8, int at) {
        byte b = utf8[at];
        if (b == '&') {
            return "&amp;";
        }
        if (b == '<') {
            return "&lt;";
        }
        if (b == '>') {
            return "&gt;";
        }
        if (b == '_' && looksEscaped(utf8, at)) {
            return "_x005F_";
        }
        if (b >= 0 && b < ' ' && b != '\t' && b != '\n') {
            return String.format("_x%04X_", (int) b);
        }
        if (isNoCharacter(utf8, at)) {
            return utf8[at + 2] == (byte) 0xBE ? "_xFFFE_" : "_xFFFF_";
        }
        return null;
    }

    /** U+FFFE and U+FFFF. */
    private static boolean isNoCharacter(byte[] utf8, int at) {
        return utf8[at] == (byte) 0xEF
                && at + 2 < utf8.length
                && utf8[at + 1] == (byte) 0xBF
                && (utf8[at + 2] & 0xFE) == 0xBE;
    }

    private static boolean looksEscaped(byte[] utf8, int at) {
        if (at + 6 >= utf8.length || utf8[at + 1] != 'x' || utf8[at + 6] != '_') {
            return false;
        }
        for (int i = at + 2; i < at + 6; i++) {
            if (Character.digit(utf8[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
