package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Well-formed UTF-8 by table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, UTF_8);
    }

    static boolean isValid(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end) {
            int lead = bytes[i++];
            if (lead >= 0) {
                continue;
            }
            int more = (lead & 0xE0) == 0xC0 ? 1 : (lead & 0xF0) == 0xE0 ? 2 : (lead & 0xF8) == 0xF0 ? 3 : 0;
            if (more == 0 || end - i < more) {
                return false;
            }
            int point = lead & (0x3F >> more);
            for (int k = 0; k < more; k++) {
                int next = bytes[i++];
                if ((next & 0xC0) != 0x80) {
                    return false;
                }
                point = (point << 6) | (next & 0x3F);
            }
            if (point < (more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000)
                    || (point >= 0xD800 && point <= 0xDFFF)
                    || point > 0x10FFFF) {
                return false;
            }
        }
        return true;
    }
}
