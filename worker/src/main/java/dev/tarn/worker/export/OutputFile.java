package dev.tarn.worker.export;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file that grows up to its limit. Bytes wait in a buffer, so that values are put down one by one. */
public final class OutputFile implements ByteTarget, WritableByteChannel {
    private static final int BUFFER_BYTES = 256 << 10;

    private final FileChannel channel;
    private final long limitBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int size;
    private long flushed;

    private OutputFile(FileChannel channel, long limitBytes) {
        this.channel = channel;
        this.limitBytes = limitBytes;
    }

    public static OutputFile create(Path path, long limitBytes) throws IOException {
        return new OutputFile(
                FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), limitBytes);
    }

    @Override
    public void put(int value) throws IOException {
        if (size == buffer.length) {
            flush();
        }
        buffer[size++] = (byte) value;
    }

    @Override
    public void put(byte[] bytes, int start, int length) throws IOException {
        if (length > buffer.length - size) {
            flush();
        }
        if (length > buffer.length) {
            flushed += length;
            check();
            writeAll(ByteBuffer.wrap(bytes, start, length));
        } else {
            System.arraycopy(bytes, start, buffer, size, length);
            size += length;
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        flush();
        int length = source.remaining();
        flushed += length;
        check();
        writeAll(source);
        return length;
    }

    /** Bytes of the file so far. */
    public long bytes() {
        return flushed + size;
    }

    private void check() throws IOException {
        if (flushed > limitBytes) {
            throw new TooLargeException();
        }
    }

    private void flush() throws IOException {
        flushed += size;
        check();
        writeAll(ByteBuffer.wrap(buffer, 0, size));
        size = 0;
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** What the limit says of a file that would be larger. */
    public static TaskFailedException tooLarge(long limitBytes) {
        return new TaskFailedException(Failure.of(
                Kind.BAD_FILE,
                "The file would be larger than " + limitBytes / 1_000_000
                        + " MB, which is the most; select fewer rows or columns"));
    }

    public long limitBytes() {
        return limitBytes;
    }

    /** The limit is reached; {@link #tooLarge} says so to a person. */
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Writes what still waits. */
    public void finish() throws IOException {
        flush();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
