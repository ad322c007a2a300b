package dev.tarn.cli.sample;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes of CSV under construction. Values are written digit by digit: a formatter would take most of the time. */
final class CsvRow {
    private byte[] bytes = new byte[1 << 16];
    private int length;
    private boolean inRow;

    CsvRow text(@Nullable String value) {
        separate();
        if (value == null) {
            return this;
        }
        boolean quoted = value.indexOf(',') >= 0 || value.indexOf('"') >= 0 || value.indexOf('\n') >= 0;
        append(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
        return this;
    }

    CsvRow number(long value) {
        separate();
        append(Long.toString(value));
        return this;
    }

    /** An amount in hundredths, not negative. */
    CsvRow hundredths(long value) {
        separate();
        append(Long.toString(value / 100));
        put('.');
        digits(value % 100, 2);
        return this;
    }

    CsvRow date(long epochDay) {
        separate();
        day(epochDay);
        return this;
    }

    CsvRow timestamp(long epochSecond) {
        separate();
        day(Math.floorDiv(epochSecond, 86_400L));
        long second = Math.floorMod(epochSecond, 86_400L);
        put(' ');
        digits(second / 3_600, 2);
        put(':');
        digits(second / 60 % 60, 2);
        put(':');
        digits(second % 60, 2);
        return this;
    }

    CsvRow empty() {
        separate();
        return this;
    }

    void end() {
        put('\n');
        inRow = false;
    }

    int length() {
        return length;
    }

    /** Moves up to {@code count} bytes from {@code position} on into {@code target}. */
    void copy(int position, byte[] target, int offset, int count) {
        System.arraycopy(bytes, position, target, offset, count);
    }

    void clear() {
        length = 0;
    }

    private void separate() {
        if (inRow) {
            put(',');
        }
        inRow = true;
    }

    private void day(long epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        digits(date.getYear(), 4);
        put('-');
        digits(date.getMonthValue(), 2);
        put('-');
        digits(date.getDayOfMonth(), 2);
    }

    private void digits(long value, int count) {
        long divisor = 1;
        for (int i = 1; i < count; i++) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            put((char) ('0' + value / divisor % 10));
        }
    }

    private void append(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    private void put(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
