package dev.tarn.worker.load;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.DecimalVector;

/** Decimals, each as an integer of 128 bits, the low half first. */
final class DecimalWriter extends ColumnWriter {
    private static final long[] POWERS = powers();

    private final NumberText number;
    private final int scale;
    private final int integerDigits;
    private long[] halves = new long[0];

    DecimalWriter(DecimalVector vector, NumberText number) {
        super(vector);
        this.number = number;
        this.scale = vector.getScale();
        this.integerDigits = vector.getPrecision() - scale;
    }

    @Override
    void reserve(int rows) {
        halves = Arrays.copyOf(halves, rows * 2);
    }

    @Override
    List<ArrowBuf> buffers(int rows) {
        return List.of(buffer(halves, rows * 2));
    }

    @Override
    boolean write(int row, byte[] bytes, int start, int end) {
        NumberText.Form form = number.read(bytes, start, end);
        if ((form != NumberText.Form.INTEGER && form != NumberText.Form.DECIMAL)
                || number.scale() > scale
                || number.integerDigits() > integerDigits) {
            return false;
        }
        if (number.integerDigits() + scale <= ColumnType.SMALL_PRECISION) {
            long value = number.small() * POWERS[scale - number.scale()];
            halves[row * 2] = value;
            halves[row * 2 + 1] = value >> 63;
        } else {
            BigInteger value = number.decimal().setScale(scale).unscaledValue();
            halves[row * 2] = value.longValue();
            halves[row * 2 + 1] = value.shiftRight(Long.SIZE).longValue();
        }
        setValid(row);
        return true;
    }

    private static long[] powers() {
        long[] powers = new long[ColumnType.SMALL_PRECISION + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
