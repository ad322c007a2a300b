package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records of one file, one after the other, each of them cells of UTF-8 text. Cells are ranges of one buffer that the next record
 * overwrites; their positions are kept relative to the record's first byte, which may move while a record is read.
 */
abstract class RecordReader implements AutoCloseable {
    static final int MAX_RECORD_BYTES = 64 << 20;

    byte[] buffer = new byte[0];
    int origin;
    long line;
    int cells;
    boolean ascii = true;

    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private long[] lines = new long[64];
    private boolean[] quoted = new boolean[64];

    /** Moves to the next record; false behind the last one. */
    abstract boolean next() throws IOException, TaskFailedException;

    /**
     * After {@link #next} has failed: moves behind what it failed on, so that it can be called again.
     *
     * @return the text that is passed over, null when there is none to show
     */
    @Nullable
    abstract String recover() throws IOException;

    /** Bytes of text up to the next record. */
    abstract long textBytesRead();

    /** The share of the bytes that were sent that has been read. */
    abstract long packedBytesRead();

    /** The charset's name of a text, for the message about bytes that do not belong to it. */
    abstract String encoding();

    @Override
    public abstract void close() throws IOException;

    final void add(int start, int end, boolean isQuoted, long cellLine) {
        if (cells == starts.length) {
            starts = Arrays.copyOf(starts, cells * 2);
            ends = Arrays.copyOf(ends, cells * 2);
            lines = Arrays.copyOf(lines, cells * 2);
            quoted = Arrays.copyOf(quoted, cells * 2);
        }
        starts[cells] = start;
        ends[cells] = end;
        lines[cells] = cellLine;
        quoted[cells++] = isQuoted;
    }

    final int cells() {
        return cells;
    }

    final byte[] buffer() {
        return buffer;
    }

    final int start(int cell) {
        return origin + starts[cell];
    }

    final int end(int cell) {
        return origin + ends[cell];
    }

    final boolean isQuoted(int cell) {
        return quoted[cell];
    }

    /** Whether no byte of the record needs decoding. */
    final boolean isAscii() {
        return ascii;
    }

    /** Physical line of the record's first cell, from 1; the row's number in a sheet. */
    final long line() {
        return line;
    }

    /** Physical line on which a cell begins; quoted line breaks before it are counted. */
    final long line(int cell) {
        return lines[cell];
    }

    final String text(int cell) {
        return Utf8.text(buffer, start(cell), end(cell));
    }

    final boolean isBlank() {
        return cells == 1 && starts[0] == ends[0] && !quoted[0];
    }
}
