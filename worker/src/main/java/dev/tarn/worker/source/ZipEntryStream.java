package dev.tarn.worker.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipFile;

/** An entry that counts what came out of it and closes its archive with itself. */
final class ZipEntryStream extends FilterInputStream {
    private final ZipFile zip;
    private final long[] count;

    ZipEntryStream(InputStream in, ZipFile zip, long[] count) {
        super(in);
        this.zip = zip;
        this.count = count;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        count[0] += Math.max(0, read);
        return read;
    }

    @Override
    public void close() throws IOException {
        try (zip) {
            in.close();
        }
    }
}
