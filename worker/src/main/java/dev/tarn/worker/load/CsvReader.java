package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Cuts UTF-8 text into records and cells. Lines end in LF, CR LF or CR, also mixed. A quote opens a quoted cell only as its first
 * character; after the closing quote the cell must end. Lines without any character are skipped, except in a file of one
 * column, where such a line is a row without a value. Doubled and escaped quotes are undone in place.
 */
final class CsvReader extends RecordReader {
    private static final int BUFFER_BYTES = 1 << 20;

    private final InputStream text;
    private final LongSupplier packedBytes;
    private final String encoding;
    private final CsvFormat format;
    private final byte delimiter;
    private final int quote;
    private final int escape;
    private final UndoneEscapes undone = new UndoneEscapes();

    private int at;
    private int limit;
    private long bytesBefore;
    private long nextLine = 1;
    private boolean started;
    private boolean closed;
    private boolean blankLinesAreRows;

    /** {@code packedBytes}: how many bytes that were sent have been read. */
    CsvReader(InputStream text, CsvFormat format, String encoding, LongSupplier packedBytes) {
        this.text = text;
        this.packedBytes = packedBytes;
        this.encoding = encoding;
        this.format = format;
        this.delimiter = format.delimiter();
        this.quote = format.quote();
        this.escape = format.escape();
        buffer = new byte[BUFFER_BYTES];
    }

    @Override
    boolean next() throws IOException, TaskFailedException {
        if (!started) {
            skipLines(format.skipLines());
        }
        do {
            if (!begin()) {
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

    /** False at the end of the file. */
    private boolean begin() throws IOException, TaskFailedException {
        origin = at;
        undone.clear();
        if (at == limit && !fill()) {
            cells = 0;
            return false;
        }
        while (format.comment() >= 0 && buffer[at] == format.comment()) {
            if (!skipLine()) {
                cells = 0;
                return false;
            }
        }
        cells = 0;
        line = nextLine;
        ascii = true;
        return true;
    }

    private void skipLines(int count) throws IOException, TaskFailedException {
        boolean more = true;
        for (int i = 0; i < count && more; i++) {
            origin = at;
            more = (at < limit || fill()) && skipLine();
        }
    }

    /** Passes over the rest of a line, however long; false at the end of the file. */
    private boolean skipLine() throws IOException, TaskFailedException {
        while (true) {
            origin = at;
            if (at == limit && !fill()) {
                return false;
            }
            while (at < limit) {
                byte b = buffer[at++];
                if (b == '\n' || b == '\r') {
                    if (b == '\r') {
                        endCarriageReturn();
                    } else {
                        nextLine++;
                    }
                    origin = at;
                    return at < limit || fill();
                }
            }
        }
    }

    @Override
    long textBytesRead() {
        return bytesBefore + at;
    }

    @Override
    long packedBytesRead() {
        return packedBytes.getAsLong();
    }

    @Override
    String encoding() {
        return encoding;
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
            byte stop = delimiter;
            int i = at;
            int end = limit;
            int seen = 0;
            for (; i < end; i++) {
                byte b = bytes[i];
                // Of the bytes that matter only a delimiter can be above CR.
                if (b == stop || (b <= '\r' && b >= 0 && (b == '\n' || b == '\r' || b == 0))) {
                    break;
                }
                seen |= b;
            }
            ascii &= seen >= 0;
            at = i;
            if (i < end && bytes[i] == 0) {
                throw nul();
            }
        } while (at == limit && fill());
    }

    private void readQuoted(long cellLine) throws IOException, TaskFailedException {
        int start = at - origin;
        int write = start;
        // What was read up to here stands, moved together, before the place to write to.
        int read = start;
        boolean open = true;
        try {
            while (open) {
                if (at == limit && !fillQuoted(cellLine)) {
                    throw Faults.row(cellLine, "A quote that opens on line " + cellLine + " is never closed");
                }
                write = copyPlain(write);
                read = at - origin;
                if (at < limit) {
                    byte b = readMeaning(cellLine);
                    open = !closed;
                    if (open) {
                        buffer[origin + write++] = b;
                        read = at - origin;
                    }
                }
            }
        } finally {
            undone.end(start, write, read);
        }
        add(start, write, true, cellLine);
    }

    /** Reads a byte that is not plain text, and what belongs to it; sets {@link #closed}. */
    private byte readMeaning(long cellLine) throws IOException, TaskFailedException {
        byte b = buffer[at++];
        closed = false;
        if (b == quote) {
            closed = (at == limit && !fill()) || buffer[at] != quote;
            if (!closed) {
                undone.add(at++ - origin, b);
            }
        } else if (b == escape) {
            return escaped(b, cellLine);
        } else if (b == '\n') {
            nextLine++;
        } else if (b == '\r') {
            if ((at < limit || fillQuoted(cellLine)) && buffer[at] != '\n') {
                nextLine++;
            }
        } else if (b == 0) {
            throw nul();
        }
        return b;
    }

    /** Copies up to the next byte of a quoted cell that means something; returns where to go on writing. */
    private int copyPlain(int write) {
        byte[] bytes = buffer;
        int i = at;
        int seen = 0;
        for (; i < limit; i++) {
            byte b = bytes[i];
            if (b == quote || b == escape || (b <= '\r' && b >= 0 && (b == '\n' || b == '\r' || b == 0))) {
                break;
            }
            seen |= b;
        }
        ascii &= seen >= 0;
        int target = origin + write;
        if (target != at) {
            System.arraycopy(bytes, at, bytes, target, i - at);
        }
        int copied = i - at;
        at = i;
        return write + copied;
    }

    /** What an escape makes of the byte after it; the escape itself when it has no meaning there. */
    private byte escaped(byte escapeByte, long cellLine) throws IOException, TaskFailedException {
        if ((at < limit || fillQuoted(cellLine)) && (buffer[at] == quote || buffer[at] == escape)) {
            undone.add(at - 1 - origin, escapeByte);
            return buffer[at++];
        }
        return escapeByte;
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

    /** Only the first line of what is broken is passed over: behind a quote that nobody closed, good rows follow. */
    @Override
    String recover() throws IOException {
        undone.restore(buffer, origin);
        int begin = origin;
        int length = 0;
        while (begin + length < limit && buffer[begin + length] != '\n' && buffer[begin + length] != '\r') {
            length++;
        }
        String shown = Faults.shown(buffer, begin, begin + length);
        at = begin + length;
        nextLine = line;
        started = true;
        try {
            skipLine();
        } catch (TaskFailedException e) {
            throw new IllegalStateException("A line that is skipped is never too long", e);
        }
        return shown;
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
        int count = text.read(buffer, limit, Math.min(buffer.length - limit, BUFFER_BYTES));
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
        text.close();
    }
}
