package dev.tarn.worker.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts messages on a channel, for any number of threads; a full channel blocks the caller, which is the back-pressure of a
 * result. A frame is {@code int length}, {@code byte kind}, payload; the length counts kind and payload.
 */
public final class MessageWriter {
    public static final int MAX_FRAME_BYTES = 16 << 20;
    static final int BUFFER_BYTES = 256 << 10;

    private final WritableByteChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final FrameOutput frame = new FrameOutput();
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(BUFFER_BYTES);

    public MessageWriter(WritableByteChannel channel) {
        this.channel = channel;
    }

    /** Returns when the channel has taken the whole message. A message beyond the limit is refused and nothing is sent. */
    public void write(Message message) throws IOException {
        lock.lock();
        try {
            frame.reset();
            MessageCodec.encode(message, frame);
            if (frame.size() > MAX_FRAME_BYTES) {
                throw new ProtocolException("A message of " + frame.size() + " bytes; the limit is " + MAX_FRAME_BYTES);
            }
            outgoing.clear().putInt(frame.size());
            for (int done = 0; done < frame.size(); ) {
                int count = Math.min(frame.size() - done, outgoing.remaining());
                outgoing.put(frame.array(), done, count).flip();
                done += count;
                while (outgoing.hasRemaining()) {
                    channel.write(outgoing);
                }
                outgoing.clear();
            }
        } finally {
            lock.unlock();
        }
    }
}
