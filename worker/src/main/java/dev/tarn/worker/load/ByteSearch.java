package dev.tarn.worker.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for bytes, eight at a time ("Bit Twiddling Hacks", determine if a word has a zero byte). */
final class ByteSearch {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;

    private ByteSearch() {}

    /** Where one of both stands first from {@code from} on; {@code to} when there is none before it. */
    static int first(byte[] bytes, int from, int to, byte one, byte other) {
        int i = from;
        long ones = (one & 0xFFL) * ONES;
        long others = (other & 0xFFL) * ONES;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long word = (long) WORDS.get(bytes, i);
            long found = zeros(word ^ ones) | zeros(word ^ others);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < to && bytes[i] != one && bytes[i] != other) {
            i++;
        }
        return i;
    }

    static boolean isAscii(byte[] bytes, int from, int to) {
        int i = from;
        long all = 0;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            all |= (long) WORDS.get(bytes, i);
        }
        for (; i < to; i++) {
            all |= bytes[i];
        }
        return (all & HIGH) == 0;
    }

    /** The high bit of each byte that is zero; above the first one there may be more. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGH;
    }
}
