package dev.tarn.worker.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * All members of a gzip file (RFC 1952), one after the other. Java's own stream takes whatever follows a member that is no whole
 * member for the end of the file, so that rows would be lost without a word; here it is an error.
 */
final class GzipMembers extends InputStream {
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA_FIELD = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[64 << 10];
    private int at;
    private int limit;
    private boolean inMember;
    private boolean over;

    GzipMembers(InputStream packed) {
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            while (!over) {
                if (!inMember && !beginMember()) {
                    over = true;
                    return -1;
                }
                int count = inflate(target, offset, length);
                if (count > 0) {
                    checksum.update(target, offset, count);
                    return count;
                }
                if (inflater.finished()) {
                    endMember();
                }
            }
            return -1;
        } catch (DataFormatException e) {
            throw new ZipException(e.getMessage());
        }
    }

    private int inflate(byte[] target, int offset, int length) throws IOException, DataFormatException {
        int count = inflater.inflate(target, offset, length);
        while (count == 0 && !inflater.finished()) {
            if (inflater.needsDictionary()) {
                throw new ZipException("needs a dictionary");
            }
            if (!fill()) {
                throw new EOFException();
            }
            inflater.setInput(buffer, 0, limit);
            at = limit;
            count = inflater.inflate(target, offset, length);
        }
        return count;
    }

    /** False at the end of the file; zeros that pad a tape's block are passed over. */
    private boolean beginMember() throws IOException {
        int first = next();
        while (first == 0) {
            first = next();
        }
        if (first < 0) {
            return false;
        }
        if (first != 0x1F || need() != 0x8B || need() != 8) {
            throw new ZipException("what follows is no gzip member");
        }
        int flags = need();
        skip(6);
        if ((flags & EXTRA_FIELD) != 0) {
            skip(need() | need() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        skip((flags & HEADER_CHECKSUM) != 0 ? 2 : 0);
        inflater.reset();
        inflater.setInput(buffer, at, limit - at);
        at = limit;
        checksum.reset();
        inMember = true;
        return true;
    }

    private void endMember() throws IOException {
        at = limit - inflater.getRemaining();
        long expected = number();
        long size = number();
        if (expected != checksum.getValue() || size != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw new ZipException("checksum or size differ");
        }
        inMember = false;
    }

    private long number() throws IOException {
        return need() | (need() << 8) | (need() << 16) | ((long) need() << 24);
    }

    private void skipText() throws IOException {
        while (need() != 0) {}
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            need();
        }
    }

    private int need() throws IOException {
        int next = next();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    private int next() throws IOException {
        return at < limit || fill() ? buffer[at++] & 0xFF : -1;
    }

    private boolean fill() throws IOException {
        at = 0;
        limit = Math.max(0, packed.read(buffer));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }
}
