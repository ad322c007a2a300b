package dev.tarn.worker.source;

import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** What a source unpacks to: within its limit, checked to its end, and over as soon as the task is cancelled. */
final class Unpacked extends SourceStream {
    private final Source source;
    private final LongSupplier position;
    private final long expectedChecksum;
    private final CRC32 checksum = new CRC32();
    private volatile long count;

    /**
     * @param position packed bytes read, given how many came out
     * @param expectedChecksum of all bytes; -1 when the unpacking checks it
     */
    Unpacked(Source source, InputStream in, LongSupplier position, long expectedChecksum) {
        super(in);
        this.source = source;
        this.position = position;
        this.expectedChecksum = expectedChecksum;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads, others look on
    public int read(byte[] target, int offset, int length) throws IOException {
        source.checkCancelled();
        if (length == 0) {
            // Some streams would take this for their end.
            return 0;
        }
        try {
            int read = in.read(target, offset, length);
            if (read > 0) {
                count += read;
                source.count(count);
                if (expectedChecksum >= 0) {
                    checksum.update(target, offset, read);
                }
            } else if (expectedChecksum >= 0 && checksum.getValue() != expectedChecksum) {
                throw new ZipException("checksum differs");
            }
            return read;
        } catch (EOFException e) {
            throw SourceException.badFile(source.name() + " is cut off: its compressed data end too early");
        } catch (ZstdIOException e) {
            boolean cutOff = String.valueOf(e.getMessage()).contains("runcated");
            throw SourceException.badFile(source.name()
                    + (cutOff
                            ? " is cut off: its compressed data end too early"
                            : " is damaged: it cannot be unpacked"));
        } catch (ZipException e) {
            throw SourceException.badFile(source.name() + " is damaged: it cannot be unpacked");
        }
    }

    @Override
    public long packedBytesRead() {
        return position.getAsLong();
    }
}
