package dev.tarn.worker.load;

import java.util.Arrays;

/** The bytes that were taken out of a record's quoted cells, so that a record that turns out broken can be read anew. */
final class UndoneEscapes {
    private int[] positions = new int[16];
    private byte[] bytes = new byte[16];
    private int count;
    private int[] spans = new int[12];
    private int spanned;

    void clear() {
        count = 0;
        spanned = 0;
    }

    /** {@code position}, from the record's first byte, held {@code taken}. */
    void add(int position, byte taken) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, count * 2);
            bytes = Arrays.copyOf(bytes, count * 2);
        }
        positions[count] = position;
        bytes[count++] = taken;
    }

    /** The cell from {@code start} was moved together to end at {@code written} instead of {@code read}. */
    void end(int start, int written, int read) {
        if (written != read) {
            if (spanned + 3 > spans.length) {
                spans = Arrays.copyOf(spans, spanned * 2);
            }
            spans[spanned++] = start;
            spans[spanned++] = written;
            spans[spanned++] = read;
        }
    }

    void restore(byte[] buffer, int origin) {
        while (spanned > 0) {
            int read = spans[--spanned] - 1;
            int written = spans[--spanned] - 1;
            int start = spans[--spanned];
            while (read >= start && read != written) {
                buffer[origin + read] =
                        count > 0 && positions[count - 1] == read ? bytes[--count] : buffer[origin + written--];
                read--;
            }
        }
        count = 0;
    }
}
