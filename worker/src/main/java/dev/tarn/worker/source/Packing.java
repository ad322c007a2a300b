package dev.tarn.worker.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the bytes of a file are wrapped; told by their beginning, never by the name. */
enum Packing {
    NONE,
    GZIP,
    ZSTD,
    ZIP;

    /** What we can name but not read; a character of the magic is a byte. */
    private record Refused(String magic, String message) {}

    private static final List<Refused> REFUSED = List.of(
            new Refused("BZh", "is compressed with bzip2; unpack it, or pack it with gzip, zstd or zip"),
            new Refused("\u00fd7zXZ\0", "is compressed with xz; unpack it, or pack it with gzip, zstd or zip"),
            new Refused("7z\u00bc\u00af'\u001c", "is a 7-Zip archive; unpack it, or pack it with gzip, zstd or zip"),
            new Refused("Rar!\u001a\u0007", "is a RAR archive; unpack it, or pack it with gzip, zstd or zip"),
            new Refused(
                    "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1",
                    "is an old Excel workbook (.xls) or one with a password; save it as .xlsx without one"),
            new Refused("%PDF-", "is a PDF document, not a table"));

    static Packing of(byte[] head) {
        if (begins(head, 0x1F, 0x8B)) {
            return GZIP;
        }
        boolean skippable = head.length > 4 && (head[0] & 0xF0) == 0x50 && begins(tail(head), 0x2A, 0x4D, 0x18);
        if (begins(head, 0x28, 0xB5, 0x2F, 0xFD) || skippable) {
            return ZSTD;
        }
        boolean zip = begins(head, 'P', 'K', 3, 4) || begins(head, 'P', 'K', 5, 6) || begins(head, 'P', 'K', 7, 8);
        return zip ? ZIP : NONE;
    }

    /** Why a file that begins so cannot be read; null when it may. */
    static @Nullable String refusal(byte[] head) {
        for (Refused refused : REFUSED) {
            if (begins(head, refused.magic.chars().toArray())) {
                return refused.message;
            }
        }
        return null;
    }

    private static byte[] tail(byte[] head) {
        return new byte[] {head[1], head[2], head[3]};
    }

    static boolean begins(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
