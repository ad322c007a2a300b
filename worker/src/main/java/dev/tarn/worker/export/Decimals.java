package dev.tarn.worker.export;

import java.io.IOException;
import java.math.BigDecimal;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.DecimalVector;

/** A decimal of 128 bits as text with every digit of its scale. */
final class Decimals {
    private static final int LONG_DIGITS = 18;

    private final DecimalVector vector;
    private final int scale;
    private final long unit;

    Decimals(DecimalVector vector) {
        this.vector = vector;
        this.scale = vector.getScale();
        this.unit = scale <= LONG_DIGITS ? power(scale) : 0;
    }

    void write(ByteTarget out, Digits digits, int row) throws IOException {
        ArrowBuf data = vector.getDataBuffer();
        long low = data.getLong(row * 16L);
        boolean small = data.getLong(row * 16L + 8) == low >> 63 && low != Long.MIN_VALUE;
        if (!small || unit == 0) {
            out.put(value(row).toPlainString());
            return;
        }
        if (low < 0) {
            out.put('-');
        }
        long all = Math.abs(low);
        digits.integer(all / unit);
        if (scale > 0) {
            out.put('.');
            long fraction = all % unit;
            for (long place = unit / 10; place > 0; place /= 10) {
                out.put((int) ('0' + fraction / place % 10));
            }
        }
    }

    BigDecimal value(int row) {
        return vector.getObjectNotNull(row);
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
