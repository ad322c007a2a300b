package dev.tarn.cli.sample;

import java.io.InputStream;

/**
 * A table as a stream that makes its rows while they are read: an upload needs no file and no second thread, and a
 * repeated upload sends the same bytes.
 */
final class CsvStream extends InputStream {
    /** Writes the next rows; false when there are none. */
    @FunctionalInterface
    interface Rows {
        boolean next(CsvRow row);
    }

    private static final int FILLED = 60_000;

    private final CsvRow buffer = new CsvRow();
    private final Rows rows;
    private int position;
    private boolean ended;

    CsvStream(String header, Rows rows) {
        this.rows = rows;
        for (String column : header.split(" ", -1)) {
            buffer.text(column);
        }
        buffer.end();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) {
        if (count == 0) {
            return 0;
        }
        if (position == buffer.length()) {
            fill();
        }
        int copied = Math.min(count, buffer.length() - position);
        if (copied == 0) {
            return -1;
        }
        buffer.copy(position, target, offset, copied);
        position += copied;
        return copied;
    }

    private void fill() {
        buffer.clear();
        position = 0;
        while (!ended && buffer.length() < FILLED) {
            ended = !rows.next(buffer);
        }
    }
}
