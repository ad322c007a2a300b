package dev.tarn.worker.load;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/** Texts. What a batch gathers beyond a megabyte goes into Arrow's memory at once, so that the heap holds no long text twice. */
class TextWriter extends ColumnWriter {
    private static final int HEAP_BYTES = 1 << 20;
    private static final int KEPT_BYTES = 64 << 10;

    private int[] offsets = new int[1];
    private byte[] gathered = new byte[1 << 10];
    private @Nullable ArrowBuf large;
    /** Bytes of the batch that are in {@link #large}; those after them are in {@link #gathered}. */
    private int moved;

    TextWriter(String name, BufferAllocator allocator) {
        super(new VarCharVector(name, allocator));
    }

    @Override
    void reserve(int rows) {
        offsets = Arrays.copyOf(offsets, rows + 1);
    }

    @Override
    void begin() {
        moved = 0;
        if (gathered.length > KEPT_BYTES) {
            gathered = new byte[KEPT_BYTES];
        }
    }

    @Override
    final void writeNull(int row) {
        super.writeNull(row);
        offsets[row + 1] = offsets[row];
    }

    @Override
    boolean write(int row, byte[] bytes, int start, int end) {
        int from = offsets[row];
        int to = from + end - start;
        if (to - moved > gathered.length || from < moved) {
            makeRoom(from, end - start);
        }
        if (end - start > HEAP_BYTES) {
            ArrowBuf buffer = withRoom(from, to);
            buffer.setBytes(from, bytes, start, end - start);
            moved = to;
        } else {
            System.arraycopy(bytes, start, gathered, from - moved, end - start);
        }
        offsets[row + 1] = to;
        setValid(row);
        return true;
    }

    /** Makes {@link #gathered} begin at or before {@code from} and hold a text of {@code length} that is not too long for it. */
    private void makeRoom(int from, int length) {
        if (from < moved) {
            // The row is written again, and its text was moved already.
            moved = from;
        }
        int needed = from - moved + length;
        if (needed > HEAP_BYTES) {
            withRoom(from, from).setBytes(moved, gathered, 0, from - moved);
            moved = from;
            needed = length;
        }
        if (needed <= HEAP_BYTES && needed > gathered.length) {
            gathered = Arrays.copyOf(gathered, Math.max(needed, Math.min(HEAP_BYTES, gathered.length * 2)));
        }
    }

    /** Arrow's memory with room for {@code to} bytes; those up to {@code from} are kept. */
    private ArrowBuf withRoom(int from, int to) {
        ArrowBuf buffer = large;
        if (buffer == null || buffer.capacity() < to) {
            ArrowBuf larger = allocator.buffer(Math.max(to, buffer == null ? HEAP_BYTES * 2L : buffer.capacity() * 2));
            if (buffer != null) {
                larger.setBytes(0, buffer, 0, Math.min(moved, from));
                buffer.close();
            }
            large = larger;
            return larger;
        }
        return buffer;
    }

    @Override
    List<ArrowBuf> buffers(int rows) {
        int size = offsets[rows];
        int rest = size - moved;
        ArrowBuf texts = large;
        if (texts == null || texts.capacity() < size) {
            texts = texts == null ? allocator.buffer(Math.max(8, size)) : withRoom(moved, size);
        }
        if (rest > 0) {
            texts.setBytes(moved, gathered, 0, rest);
        }
        large = null;
        return List.of(buffer(offsets, rows + 1), texts.writerIndex(size));
    }

    @Override
    boolean keepsEmpty() {
        return true;
    }

    /** For a batch that is never finished. */
    void release() {
        if (large != null) {
            large.close();
            large = null;
        }
    }

    /** The sample had no value: the first one means that the guess was none. */
    static final class Nothing extends TextWriter {
        private final NullWords nulls;

        Nothing(String name, BufferAllocator allocator, NullWords nulls) {
            super(name, allocator);
            this.nulls = nulls;
        }

        @Override
        boolean write(int row, byte[] bytes, int start, int end) {
            return nulls.contain(bytes, start, end) && super.write(row, bytes, start, end);
        }
    }

    static final class Uuids extends TextWriter {
        Uuids(String name, BufferAllocator allocator) {
            super(name, allocator);
        }

        @Override
        boolean write(int row, byte[] bytes, int start, int end) {
            String text = Faults.shown(bytes, start, end);
            try {
                return text.length() == 36
                        && UUID.fromString(text).toString().equalsIgnoreCase(text)
                        && super.write(row, bytes, start, end);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        @Override
        boolean keepsEmpty() {
            return false;
        }
    }
}
