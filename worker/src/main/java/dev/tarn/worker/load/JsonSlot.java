package dev.tarn.worker.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** Takes the values of one place of the records: reads them at a cursor and gathers them for one vector. */
abstract class JsonSlot {
    private final FieldVector vector;

    JsonSlot(FieldVector vector) {
        this.vector = vector;
    }

    final FieldVector vector() {
        return vector;
    }

    /** Begins a batch. */
    abstract void start(int rows);

    /** Makes room for so many rows; those of the batch are kept. */
    abstract void ensure(int rows);

    /** Reads the value that the cursor stands at; a row may be written again as long as the next one is not. */
    abstract void write(JsonCursor in, int row) throws JsonFault;

    abstract void writeNull(int row);

    abstract boolean isValid(int row);

    /** Hands the rows of the batch over to the vector. */
    abstract void finish(int rows);

    /** For a batch that is never finished. */
    abstract void release();

    /** A vector with parts: which rows have a value, and perhaps where their parts are. */
    abstract static class Nested extends JsonSlot {
        private final BufferAllocator allocator;
        private long[] valid = new long[0];
        private int capacity;

        Nested(FieldVector vector) {
            super(vector);
            this.allocator = vector.getAllocator();
        }

        @Override
        void start(int rows) {
            ensure(rows);
        }

        @Override
        final void ensure(int rows) {
            if (rows > capacity) {
                capacity = Math.max(rows, capacity + capacity / 2);
                valid = Arrays.copyOf(valid, ColumnWriter.words(capacity));
                reserve(capacity);
            }
        }

        abstract void reserve(int rows);

        final void setValid(int row, boolean value) {
            long bit = 1L << row;
            valid[row >> 6] = value ? valid[row >> 6] | bit : valid[row >> 6] & ~bit;
        }

        @Override
        final boolean isValid(int row) {
            return ((valid[row >> 6] >>> row) & 1) != 0;
        }

        final void load(int rows, List<int[]> offsets) {
            int values = 0;
            for (int row = 0; row < rows; row++) {
                values += (int) ((valid[row >> 6] >>> row) & 1);
            }
            List<ArrowBuf> buffers = new ArrayList<>();
            int words = ColumnWriter.words(rows);
            ArrowBuf validity = allocator.buffer(Math.max(8, words * 8L));
            buffers.add(validity);
            for (int i = 0; i < words; i++) {
                validity.setLong(i * 8L, valid[i]);
            }
            for (int[] each : offsets) {
                ArrowBuf buffer = allocator.buffer((rows + 1) * 4L);
                buffers.add(buffer);
                for (int i = 0; i <= rows; i++) {
                    buffer.setInt(i * 4L, each[i]);
                }
                buffer.writerIndex((rows + 1) * 4L);
            }
            validity.writerIndex(words * 8L);
            try {
                vector().loadFieldBuffers(new ArrowFieldNode(rows, rows - values), buffers);
            } finally {
                buffers.forEach(ArrowBuf::close);
            }
        }
    }
}
