package dev.tarn.worker.statement;

import dev.tarn.worker.protocol.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** Cuts a byte stream into {@link Message.Chunk}s; a slow reader blocks the writer, so nothing piles up here. */
final class ChunkChannel implements WritableByteChannel {
    private static final int CHUNK_BYTES = 512 << 10;

    private final long id;
    private final Replies replies;
    private final byte[] buffer = new byte[CHUNK_BYTES];
    private int size;

    ChunkChannel(long id, Replies replies) {
        this.id = id;
        this.replies = replies;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int written = source.remaining();
        while (source.hasRemaining()) {
            int count = Math.min(source.remaining(), buffer.length - size);
            source.get(buffer, size, count);
            size += count;
            if (size == buffer.length) {
                flush();
            }
        }
        return written;
    }

    void flush() throws IOException {
        if (size > 0) {
            // A reply is encoded before send returns, so a full buffer can be lent.
            replies.send(new Message.Chunk(id, size == buffer.length ? buffer : Arrays.copyOf(buffer, size)));
            size = 0;
        }
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
