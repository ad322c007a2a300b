package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts UTF-8 text into records and cells. Lines end in LF, CR LF or CR, also mixed. A quote opens a quoted cell only as its first
 * character; after the closing quote the cell must end. Lines without any character are skipped, except in a file of one
 * column, where such a line is a row without a value.
 *
 * <p>Cells are ranges of one buffer that the next record overwrites. Positions are kept relative to the record's first byte,
 * which moves when the buffer is refilled; doubled quotes are undone in place.
 */
final class CsvReader implements AutoCloseable {
    static final int MAX_RECORD_BYTES = 16 << 20;
    private static final int BUFFER_BYTES = 1 << 20;

    private final InputStream file;
    private final byte delimiter;
    private final int quote;

    private byte[] buffer = new byte[BUFFER_BYTES];
    private int origin;
    private int at;
    private int limit;
    private long bytesBefore;
    private long nextLine = 1;
    private boolean started;
    private boolean blankLinesAreRows;

    private long line;
    private int cells;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private long[] lines = new long[64];
    private boolean[] quoted = new boolean[64];
    private boolean ascii;

    CsvReader(InputStream file, CsvFormat format) {
        this.file = file;
        this.delimiter = format.delimiter();
        this.quote = format.quote();
    }

    /** Moves to the next record; false at the end of the file. */
    boolean next() throws IOException, TaskFailedException {
        do {
            origin = at;
            cells = 0;
            line = nextLine;
            ascii = true;
            if (at == limit && !fill()) {
                return false;
            }
            while (readCell()) {
                if (at == limit && !fill()) {
                    // The file ends in a delimiter: one more cell, without a character.
                    add(at - origin, at - origin, false, nextLine);
                    break;
                }
            }
        } while (!blankLinesAreRows && isBlank());
        blankLinesAreRows |= cells == 1 && !started;
        started = true;
        return true;
    }

    private boolean isBlank() {
        return cells == 1 && starts[0] == ends[0] && !quoted[0];
    }

    int cells() {
        return cells;
    }

    byte[] buffer() {
        return buffer;
    }

    int start(int cell) {
        return origin + starts[cell];
    }

    int end(int cell) {
        return origin + ends[cell];
    }

    boolean isQuoted(int cell) {
        return quoted[cell];
    }

    /** Whether no byte of the record needs decoding. */
    boolean isAscii() {
        return ascii;
    }

    /** Physical line of the record's first cell, from 1. */
    long line() {
        return line;
    }

    /** Physical line on which a cell begins; quoted line breaks before it are counted. */
    long line(int cell) {
        return lines[cell];
    }

    /** Bytes of the file up to the next record. */
    long bytesRead() {
        return bytesBefore + at;
    }

    /** Reads one cell and what ends it; true when another cell of the record follows. */
    private boolean readCell() throws IOException, TaskFailedException {
        long cellLine = nextLine;
        if (buffer[at] == quote && quote >= 0) {
            at++;
            readQuoted(cellLine);
        } else {
            int start = at - origin;
            skipUnquoted();
            add(start, at - origin, false, cellLine);
        }
        if (at == limit && !fill()) {
            return false;
        }
        byte end = buffer[at++];
        if (end == delimiter) {
            return true;
        }
        if (end == '\n') {
            nextLine++;
        } else if (end == '\r') {
            endCarriageReturn();
        } else {
            throw Faults.row(nextLine, "Line " + nextLine + " has text after a closing quote");
        }
        return false;
    }

    private void skipUnquoted() throws IOException, TaskFailedException {
        do {
            byte[] bytes = buffer;
            int i = at;
            int end = limit;
            int seen = 0;
            for (; i < end; i++) {
                byte b = bytes[i];
                if (b == delimiter || b == '\n' || b == '\r') {
                    break;
                }
                if (b == 0) {
                    throw nul();
                }
                seen |= b;
            }
            ascii &= seen >= 0;
            at = i;
        } while (at == limit && fill());
    }

    private void readQuoted(long cellLine) throws IOException, TaskFailedException {
        int start = at - origin;
        int write = start;
        while (true) {
            if (at == limit && !fillQuoted(cellLine)) {
                throw Faults.row(cellLine, "A quote that opens on line " + cellLine + " is never closed");
            }
            byte b = buffer[at++];
            if (b == quote) {
                if ((at == limit && !fill()) || buffer[at] != quote) {
                    break;
                }
                at++;
            } else if (b == '\n') {
                nextLine++;
            } else if (b == '\r') {
                if ((at < limit || fillQuoted(cellLine)) && buffer[at] != '\n') {
                    nextLine++;
                }
            } else if (b == 0) {
                throw nul();
            }
            ascii &= b >= 0;
            buffer[origin + write++] = b;
        }
        add(start, write, true, cellLine);
    }

    private boolean fillQuoted(long cellLine) throws IOException, TaskFailedException {
        if (limit - origin >= MAX_RECORD_BYTES) {
            throw Faults.row(
                    cellLine,
                    "A quote that opens on line " + cellLine + " is not closed within " + MAX_RECORD_BYTES + " bytes");
        }
        return fill();
    }

    private void endCarriageReturn() throws IOException, TaskFailedException {
        nextLine++;
        if ((at < limit || fill()) && buffer[at] == '\n') {
            at++;
        }
    }

    private void add(int start, int end, boolean isQuoted, long cellLine) {
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

    /** Reads on behind what the current record has so far; false at the end of the file. */
    private boolean fill() throws IOException, TaskFailedException {
        if (origin > 0) {
            System.arraycopy(buffer, origin, buffer, 0, limit - origin);
            at -= origin;
            limit -= origin;
            bytesBefore += origin;
            origin = 0;
        }
        if (limit == buffer.length) {
            if (limit >= MAX_RECORD_BYTES) {
                throw Faults.row(line, "The row on line " + line + " is longer than " + MAX_RECORD_BYTES + " bytes");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count = file.read(buffer, limit, Math.min(buffer.length - limit, BUFFER_BYTES));
        if (count <= 0) {
            return false;
        }
        limit += count;
        return true;
    }

    private TaskFailedException nul() {
        return Faults.row(nextLine, "Line " + nextLine + " holds a NUL byte: this is not text in UTF-8");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
