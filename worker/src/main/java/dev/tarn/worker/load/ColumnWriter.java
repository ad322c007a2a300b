package dev.tarn.worker.load;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/**
 * Puts cells into one column of a batch; a cell that the type cannot keep without loss is refused. Values are gathered in plain
 * arrays and handed over in one piece: a checked write into Arrow's memory a cell costs more than reading the cell. A row may be
 * written again as long as the next one is not.
 */
abstract class ColumnWriter {
    private final FieldVector vector;
    final BufferAllocator allocator;
    private long[] valid = new long[0];
    private int capacity;

    ColumnWriter(FieldVector vector) {
        this.vector = vector;
        this.allocator = vector.getAllocator();
    }

    final FieldVector vector() {
        return vector;
    }

    /** Begins a batch of at most so many rows. */
    final void start(int rows) {
        ensure(rows);
        begin();
    }

    /** Makes room for so many rows; those of the batch are kept. */
    final void ensure(int rows) {
        if (rows > capacity) {
            capacity = rows;
            valid = Arrays.copyOf(valid, words(rows));
            reserve(rows);
        }
    }

    /** False when the cell is no value of the type. */
    abstract boolean write(int row, byte[] bytes, int start, int end);

    void writeNull(int row) {
        valid[row >> 6] &= ~(1L << row);
    }

    final boolean isValid(int row) {
        return ((valid[row >> 6] >>> row) & 1) != 0;
    }

    final void setValid(int row) {
        valid[row >> 6] |= 1L << row;
    }

    /** Whether a quoted empty cell, or a quoted word that else means none, is a value; elsewhere it is none, as an unquoted one. */
    boolean keepsEmpty() {
        return false;
    }

    /** What is gathered already stays. */
    abstract void reserve(int rows);

    void begin() {}

    /** The buffers behind that of validity; whoever calls releases them. */
    abstract List<ArrowBuf> buffers(int rows);

    /** Hands the rows of a batch over to the vector. */
    final void finish(int rows) {
        int last = rows & 63;
        if (last != 0) {
            valid[rows >> 6] &= (1L << last) - 1;
        }
        int values = 0;
        for (int i = 0; i < words(rows); i++) {
            values += Long.bitCount(valid[i]);
        }
        List<ArrowBuf> buffers = buffers(rows);
        ArrowBuf validity = buffer(valid, words(rows));
        try {
            vector.loadFieldBuffers(new ArrowFieldNode(rows, rows - values), joined(validity, buffers));
        } finally {
            validity.close();
            buffers.forEach(ArrowBuf::close);
        }
    }

    private static List<ArrowBuf> joined(ArrowBuf first, List<ArrowBuf> rest) {
        return rest.size() == 1 ? List.of(first, rest.getFirst()) : List.of(first, rest.getFirst(), rest.getLast());
    }

    static int words(int rows) {
        return (rows + 63) >> 6;
    }

    final ArrowBuf buffer(long[] values, int count) {
        ArrowBuf buffer = allocator.buffer(Math.max(8, count * 8L));
        longs(buffer, count).put(values, 0, count);
        return buffer.writerIndex(count * 8L);
    }

    final ArrowBuf buffer(int[] values, int count) {
        ArrowBuf buffer = allocator.buffer(Math.max(8, count * 4L));
        ints(buffer, count).put(values, 0, count);
        return buffer.writerIndex(count * 4L);
    }

    private static LongBuffer longs(ArrowBuf buffer, int count) {
        return buffer.nioBuffer(0, count * 8).order(ByteOrder.nativeOrder()).asLongBuffer();
    }

    private static IntBuffer ints(ArrowBuf buffer, int count) {
        return buffer.nioBuffer(0, count * 4).order(ByteOrder.nativeOrder()).asIntBuffer();
    }

    /** Values of eight bytes, or bits of them. */
    abstract static class Longs extends ColumnWriter {
        long[] values = new long[0];

        Longs(FieldVector vector) {
            super(vector);
        }

        @Override
        void reserve(int rows) {
            values = Arrays.copyOf(values, rows);
        }

        @Override
        List<ArrowBuf> buffers(int rows) {
            return List.of(buffer(values, rows));
        }

        final boolean set(int row, long value) {
            values[row] = value;
            setValid(row);
            return true;
        }
    }

    /** Values of four bytes. */
    abstract static class Ints extends ColumnWriter {
        private int[] values = new int[0];

        Ints(FieldVector vector) {
            super(vector);
        }

        @Override
        void reserve(int rows) {
            values = Arrays.copyOf(values, rows);
        }

        @Override
        List<ArrowBuf> buffers(int rows) {
            return List.of(buffer(values, rows));
        }

        final boolean set(int row, int value) {
            values[row] = value;
            setValid(row);
            return true;
        }
    }

    /** Values of one bit. */
    abstract static class Bits extends ColumnWriter {
        private long[] bits = new long[0];

        Bits(FieldVector vector) {
            super(vector);
        }

        @Override
        void reserve(int rows) {
            bits = Arrays.copyOf(bits, words(rows));
        }

        @Override
        void begin() {
            Arrays.fill(bits, 0);
        }

        @Override
        List<ArrowBuf> buffers(int rows) {
            return List.of(buffer(bits, words(rows)));
        }

        final boolean set(int row, boolean value) {
            long bit = 1L << row;
            bits[row >> 6] = value ? bits[row >> 6] | bit : bits[row >> 6] & ~bit;
            setValid(row);
            return true;
        }
    }
}
