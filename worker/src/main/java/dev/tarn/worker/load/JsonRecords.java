package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.source.Source;
import dev.tarn.worker.source.TextStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a file into the texts of its records: the elements of one array, or objects one after the other. When the first object ends
 * on its line, a record is a line: then a broken one ends where its line does and the next can be read. Whether a record is
 * JSON is for others to see; here only brackets and quotes count.
 */
final class JsonRecords implements AutoCloseable {
    static final int MAX_RECORD_BYTES = 64 << 20;
    private static final int BUFFER_BYTES = 256 << 10;

    private enum Form {
        LINES,
        OBJECTS,
        ARRAY
    }

    private final String name;
    private final TextStream in;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int limit;
    private boolean ended;
    private @Nullable Form form;
    private boolean arrayEnded;
    private boolean closed;
    private int start;
    private int end;
    private long line = 1;
    private long recordLine = 1;
    private long record;
    private long bytesBefore;

    JsonRecords(Source source, @Nullable String encoding) throws IOException {
        name = source.name();
        in = source.openText(encoding);
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** The physical line on which the record begins. */
    long line() {
        return recordLine;
    }

    /** The number of the record in its file, from 1. */
    long record() {
        return record;
    }

    /** What a person looks for. */
    String where() {
        return form == Form.LINES ? "Line " + recordLine : "Record " + record + " (line " + recordLine + ")";
    }

    String encoding() {
        return in.encoding();
    }

    long packedBytesRead() {
        return in.packedBytesRead();
    }

    /** Bytes of text up to the end of the record. */
    long bytesRead() {
        return bytesBefore + at;
    }

    /** Moves to the next record; false at the end of the file. */
    boolean next() throws IOException, TaskFailedException {
        if (form == null) {
            begin();
        }
        if (arrayEnded || !skipBlanks()) {
            if (form == Form.ARRAY && !arrayEnded) {
                throw broken("the array is never closed");
            }
            return false;
        }
        if (form == Form.ARRAY && !nextElement()) {
            return false;
        }
        start = at;
        recordLine = line;
        record++;
        end = form == Form.LINES ? endOfLine() : endOfValue(false);
        at = end;
        return true;
    }

    private void begin() throws IOException, TaskFailedException {
        form = Form.LINES;
        if (!skipBlanks()) {
            return;
        }
        if (buffer[at] == '[') {
            at++;
            form = Form.ARRAY;
            return;
        }
        if (buffer[at] == '{') {
            form = formOfObjects();
        }
    }

    private Form formOfObjects() throws IOException, TaskFailedException {
        long before = line;
        start = at;
        int stop = endOfValue(true);
        line = before;
        Form found = closed ? Form.LINES : Form.OBJECTS;
        int i = stop;
        while (true) {
            while (i < limit && (buffer[i] == ' ' || buffer[i] == '\t' || buffer[i] == '\r')) {
                i++;
            }
            int done = i - start;
            if (i < limit || !fill()) {
                break;
            }
            i = start + done;
        }
        if (closed && i < limit && buffer[i] != '\n') {
            found = Form.OBJECTS;
        } else if (!closed && i + 1 < limit && buffer[i] == '\n' && buffer[i + 1] == '{' && endsValue(i)) {
            // The first line is broken, and the next one begins anew.
            found = Form.LINES;
        }
        at = start;
        return found;
    }

    /** Whether the line that ends at {@code newline} does not end where a value is still to come. */
    private boolean endsValue(int newline) {
        int i = newline - 1;
        while (i > start && buffer[i] <= ' ') {
            i--;
        }
        return ",:[{".indexOf(buffer[i]) < 0;
    }

    /** To the first byte of the next element of the array. */
    private boolean nextElement() throws IOException, TaskFailedException {
        if (buffer[at] == ']') {
            at++;
            arrayEnded = true;
            if (skipBlanks()) {
                throw broken("something follows the array");
            }
            return false;
        }
        if (record > 0) {
            if (buffer[at] != ',') {
                throw broken("the elements of the array are not parted by commas");
            }
            at++;
            if (!skipBlanks()) {
                throw broken("the array is never closed");
            }
        }
        return true;
    }

    private TaskFailedException broken(String what) {
        return Faults.row(line, name + " is broken on line " + line + " after record " + record + ": " + what);
    }

    /** False at the end of the file. */
    private boolean skipBlanks() throws IOException, TaskFailedException {
        while (true) {
            while (at < limit && buffer[at] >= 0 && buffer[at] <= ' ') {
                if (buffer[at++] == '\n') {
                    line++;
                }
            }
            if (at < limit) {
                return true;
            }
            start = at;
            if (!fill()) {
                return false;
            }
            at = start;
        }
    }

    private int endOfLine() throws IOException, TaskFailedException {
        int i = start;
        while (true) {
            i = ByteSearch.first(buffer, i, limit, (byte) '\n', (byte) '\n');
            if (i < limit) {
                return i;
            }
            int done = i - start;
            if (!fill()) {
                return limit;
            }
            i = start + done;
        }
    }

    /** Past the closing bracket; of what is no object or array, where it surely ends. */
    private int endOfValue(boolean oneLine) throws IOException, TaskFailedException {
        int depth = 0;
        boolean text = false;
        int i = start;
        closed = false;
        while (true) {
            for (; i < limit; i++) {
                byte b = buffer[i];
                if (b == '\n') {
                    line++;
                    if (oneLine) {
                        return i;
                    }
                }
                if (text) {
                    if (b == '\\') {
                        i++;
                    } else if (b == '"') {
                        text = false;
                    }
                } else if (b == '"') {
                    text = true;
                } else if (b == '{' || b == '[') {
                    depth++;
                } else if (b == '}' || b == ']') {
                    if (depth <= 1) {
                        closed = true;
                        return depth == 1 ? i + 1 : Math.max(i, start + 1);
                    }
                    depth--;
                } else if (depth == 0 && b == ',') {
                    return Math.max(i, start + 1);
                }
            }
            int done = i - start;
            if (!fill()) {
                return limit;
            }
            i = start + done;
        }
    }

    /** Reads on behind what the buffer has from {@link #start}, which moves to its beginning; false at the end of the file. */
    private boolean fill() throws IOException, TaskFailedException {
        if (ended) {
            return false;
        }
        int kept = limit - start;
        if (kept == buffer.length) {
            if (kept >= MAX_RECORD_BYTES) {
                throw Faults.row(
                        recordLine, name + ": a record beginning near line " + recordLine + " has more than 64 MB");
            }
            buffer = Arrays.copyOf(buffer, Math.min(MAX_RECORD_BYTES, buffer.length * 2));
        } else if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, kept);
        }
        bytesBefore += start;
        at = Math.max(0, at - start);
        start = 0;
        limit = kept;
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            ended = true;
            return false;
        }
        limit += read;
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
